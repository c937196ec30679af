"""Addresses of the pages on letters."""

from django.urls import URLPattern, path

from memorial.letters import views

urlpatterns: list[URLPattern] = [
    path("letters/", views.LettersView.as_view(), name="letters"),
    path("letters/pack/", views.LetterPackView.as_view(), name="letter-pack"),
    path("letters/pack/postcards/", views.PackPostcardsView.as_view(), name="letter-pack-postcards"),
]
