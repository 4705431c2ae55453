"""The results of the municipalities of an agency: at its desk, and as open data for anybody."""

from django.urls import path

from cabildo.quality.views import open_data, results

urlpatterns = [
    path("resultados/", results.results, name="results"),
    path("resultados/publicar/", results.publish, name="results_publish"),
    path("resultados/con-nombre/", results.named, name="results_named"),
]
for_anybody = (
    [
        path("", open_data.results, name="results"),
        path("resultados.csv", open_data.csv_file, name="csv"),
        path("resultados.json", open_data.json_file, name="json"),
    ],
    "open_data",
)
