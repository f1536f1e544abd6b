from django.urls import path

from nafida.reports import places, views

app_name = "reports"
urlpatterns = [
    path("", views.start, name="start"),
    path("mine/news/", views.news, name="news"),
    path("receipt/<slug:reference>/<slug:key>/", views.receipt, name="receipt"),
    path("joined/<slug:reference>/", views.joined, name="joined"),
    path("draft/photo/", views.add_photo, name="add_photo"),
    path("draft/<slug:token>/<int:photo>.jpg", views.draft_photo, name="draft_photo"),
    path("picker/", views.picker, name="picker"),
    path("subjects.json", views.subjects, name="subjects"),
    path("places/", places.places, name="places"),
    path("<slug:service>/around/", views.around, name="around"),
    path("<slug:service>/", views.form, name="form"),
]
