"""Addresses of news, its data and its feed."""

from django.urls import URLPattern, path

from memorial.base.opendata.lists import open_data_paths
from memorial.news import views
from memorial.news.opendata import NEWS_LIST
from memorial.news.share_picture import news_share_picture

urlpatterns: list[URLPattern] = [
    path("news/", views.NewsListView.as_view(), name="news-list"),
    *open_data_paths("news/", "news-list", NEWS_LIST, has_feed=True),
    path("news/<slug:slug>/", views.NewsDetailView.as_view(), name="news-detail"),
    path("news/<slug:slug>/share.png", news_share_picture, name="news-share-picture"),
]
