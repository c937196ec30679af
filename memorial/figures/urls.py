"""Addresses of the statistics and of their data."""

from django.urls import URLPattern, path

from memorial.figures import views
from memorial.figures.files import file_view
from memorial.figures.share_picture import statistic_share_picture

urlpatterns: list[URLPattern] = [
    path("statistics/", views.StatisticsView.as_view(), name="statistics"),
    path("statistics/export.csv", file_view("csv"), name="statistics-csv"),
    path("statistics/export.json", file_view("json"), name="statistics-json"),
    path("statistics/<slug:figure>/", views.StatisticView.as_view(), name="statistic"),
    path("statistics/<slug:figure>/share.png", statistic_share_picture, name="statistic-share-picture"),
    path("statistics/<slug:figure>/export.csv", file_view("csv"), name="statistic-csv"),
    path("statistics/<slug:figure>/export.json", file_view("json"), name="statistic-json"),
]
