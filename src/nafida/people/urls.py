"""Of allauth's pages those that officers need, under the names that it looks for, and our own list of devices."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.cache import never_cache

from nafida.people import views
from nafida.people.access_changes import traced

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("login/password/", allauth_views.login, name="sign_in_by_password"),
    path("login/second/", never_cache(mfa.authenticate), name="mfa_authenticate"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("again/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("", never_cache(mfa.index), name="mfa_index"),
    path("password/", never_cache(allauth_views.password_change), name="account_change_password"),
    path("password/set/", never_cache(allauth_views.password_set), name="account_set_password"),
    path("password/forget/", views.forget_password, name="forget_password"),
    path("app/", never_cache(traced(totp.activate_totp)), name="mfa_activate_totp"),
    path("app/remove/", traced(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", never_cache(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", traced(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", never_cache(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", never_cache(traced(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", traced(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("devices/", views.devices, name="devices"),
    path("devices/<int:key>/end/", views.end_device, name="end_device"),
]
