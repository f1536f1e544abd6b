from django.urls import path

from nafida.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("find/", views.find, name="find"),
    path("cases/", views.cases, name="cases"),
    path("map/", views.province_map, name="map"),
    path("map/card/<slug:reference>/", views.card, name="card"),
    path("posters/", views.posters, name="posters"),
    path("posters/sheet/", views.poster, name="poster"),
    path("cases/feed/", views.feed, name="feed"),
    path("communes/<str:code>/", views.commune, name="commune"),
    path("bodies/<slug:code>/", views.body, name="body"),
    path("cases/<slug:reference>/", views.case, name="case"),
    path("cases/<slug:reference>/<slug:key>/", views.mine, name="mine"),
    path("letters/stop/", views.stop_letters, name="stop_letters"),
    path("follow/<str:token>/", views.confirm_following, name="confirm_following"),
    path("pictures/<slug:reference>/<int:number>/<slug:size>.jpg", views.picture, name="picture"),
    path("privacy/", views.privacy, name="privacy"),
    path("journal/", views.journal, name="journal"),
    path("credits/", views.credits, name="credits"),
    path("site.webmanifest", views.manifest, name="manifest"),
]
