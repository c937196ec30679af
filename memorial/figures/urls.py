"""Addresses of the statistics and of their data."""

from django.urls import URLPattern, path

from memorial.figures import views
from memorial.figures.files import file_view
from memorial.figures.layers import LAYERS
from memorial.figures.map_page import map_view
from memorial.figures.share_picture import statistic_share_picture, statistics_share_picture

urlpatterns: list[URLPattern] = [
    path("statistics/", views.StatisticsView.as_view(), name="statistics"),
    path("statistics/export.csv", file_view("csv"), name="statistics-csv"),
    path("statistics/export.json", file_view("json"), name="statistics-json"),
    path("statistics/export.xlsx", file_view("xlsx"), name="statistics-xlsx"),
    path("statistics/share.png", statistics_share_picture, name="statistics-share-picture"),
    *(path(f"statistics/map/{layer.part}", map_view(layer), name=layer.url_name) for layer in LAYERS),
    path("statistics/<slug:figure>/", views.StatisticView.as_view(), name="statistic"),
    path("statistics/<slug:figure>/share.png", statistic_share_picture, name="statistic-share-picture"),
    path("statistics/<slug:figure>/export.csv", file_view("csv"), name="statistic-csv"),
    path("statistics/<slug:figure>/export.json", file_view("json"), name="statistic-json"),
    path("statistics/<slug:figure>/export.xlsx", file_view("xlsx"), name="statistic-xlsx"),
]
