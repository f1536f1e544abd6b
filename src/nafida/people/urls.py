"""Of allauth's pages only those of the code by e-mail, under the names that it looks for."""

from allauth.account import views as allauth_views
from django.urls import path

from nafida.people import views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
]
