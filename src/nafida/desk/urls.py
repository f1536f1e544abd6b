"""The officers' pages, and the pages behind one-time links."""

from django.urls import path

from nafida.desk.views import (
    answer,
    authorities,
    bodies,
    case,
    days,
    inbox,
    invitation,
    participation,
    people,
    pictures,
    post,
    settings,
)

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("cases/<str:reference>/", case.case, name="case"),
    path("cases/<str:reference>/contact/", case.contact, name="contact"),
    path("cases/<str:reference>/pictures/<int:number>/<slug:size>.jpg", pictures.picture, name="picture"),
    path("cases/<str:reference>/<slug:verb>/", case.act, name="act"),
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("answer/<str:token>/renew/", answer.renew, name="renew"),
    path("answer/<str:token>/pictures/<int:number>/<slug:size>.jpg", pictures.answer_picture, name="answer_picture"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("settings/", settings.settings, name="settings"),
    path("settings/changes/", settings.changes, name="changes"),
    path("communes/", participation.participation, name="participation"),
    path("communes/<str:code>/", participation.commune, name="commune"),
    path("people/", people.people, name="people"),
    path("people/invitations/<int:key>/resend/", people.resend, name="resend_invitation"),
    path("people/invitations/<int:key>/withdraw/", people.withdraw, name="withdraw_invitation"),
    path("people/<int:key>/end/", people.end, name="end_role"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<slug:code>/", bodies.body, name="body"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/<slug:code>/", authorities.authority, name="authority"),
    path("authorities/<slug:code>/areas/", authorities.add_area, name="add_jurisdiction"),
    path("authorities/<slug:code>/areas/<int:key>/", authorities.area, name="jurisdiction"),
    path("days/", days.days, name="days"),
    path("days/<str:day>/drop/", days.drop, name="drop_day"),
    path("post/", post.post, name="post"),
    path("post/letters/<int:key>/retry/", post.retry_letter, name="retry_letter"),
    path("post/tasks/<uuid:key>/retry/", post.retry_task, name="retry_task"),
]
