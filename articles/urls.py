"""Addresses of the readers' site. Other programs rely on them: add, do not change."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path
from django.views.decorators.cache import cache_control

from .views import (
    campaign,
    cite,
    claims,
    compare,
    exports,
    health,
    history,
    machines,
    notices,
    place,
    public,
    report,
    reports,
    review,
    revision,
    search,
    sources,
    verbs,
)
from .views.media import media

_sitemaps = {"articles": machines.ArticlesSitemap}
_shared = cache_control(public=True, max_age=0, s_maxage=1, must_revalidate=True)

urlpatterns = [
    path("", public.front, name="front"),
    path("articles/<slug:slug>.json", exports.export, {"form": "json"}, name="article_json"),
    path("articles/<slug:slug>.md", exports.export, {"form": "markdown"}, name="article_markdown"),
    path("articles/<slug:slug>.csl.json", exports.export, {"form": "sources"}, name="article_sources"),
    path("articles/<slug:slug>.txt", exports.export, {"form": "text"}, name="article_text"),
    path("articles/<str:name>/", public.article, name="article"),
    path("articles/<slug:slug>/campaign/", campaign.campaign, name="campaign"),
    path("articles/<slug:slug>/map/", place.place, name="map"),
    path("articles/<slug:slug>/cite/", cite.cite, name="cite"),
    path("articles/<slug:slug>/claims/", claims.claims, name="claims"),
    path("articles/<slug:slug>/report/", report.report, name="report"),
    path("articles/<slug:slug>/history/", history.history, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>/", revision.revision, name="revision"),
    path("articles/<slug:slug>/compare/", history.choose, name="choose"),
    path("articles/<slug:slug>/compare/<int:old>/<int:new>/", compare.compare, name="compare"),
    path("articles/<slug:slug>/compare/<int:old>/<int:new>/undo/", verbs.undo, name="undo"),
    path("articles/<slug:slug>/revisions/<int:number>/submit/", verbs.submit, name="submit"),
    path("articles/<slug:slug>/revisions/<int:number>/approve/", verbs.approve, name="approve"),
    path("articles/<slug:slug>/revisions/<int:number>/return/", verbs.return_, name="return"),
    path("articles/<slug:slug>/revisions/<int:number>/restore/", verbs.restore, name="restore"),
    path("articles/<slug:slug>/revisions/<int:number>/take-up/", verbs.take_up, name="take_up"),
    path("articles/<slug:slug>/revisions/<int:number>/comment/", verbs.comment, name="comment"),
    path("articles/<slug:slug>/revisions/<int:number>/comments/<int:pk>/resolve/", verbs.resolve, name="resolve"),
    path("articles/<slug:slug>/withdraw/", verbs.withdraw, name="withdraw"),
    path("articles/<slug:slug>/reinstate/", verbs.reinstate, name="reinstate"),
    path("articles/<slug:slug>/protect/", verbs.protect, name="protect"),
    path("articles/<slug:slug>/watch/", verbs.watch, name="watch"),
    path("review/", review.queue, name="review_queue"),
    path("review/approve/", review.approve_together, name="approve_together"),
    path("review/notices/", notices.notices, name="notices"),
    path("review/notices/seen/", notices.mark_seen, name="notices_seen"),
    path("review/reports/", reports.reports, name="reports"),
    path("review/reports/<int:pk>/settle/", reports.settle, name="report_settle"),
    path("categories/<str:slug>/", public.category, name="category"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("feeds/changes.atom", machines.ChangesFeed(), name="changes_feed"),
    path("feeds/categories/<str:slug>.atom", machines.CategoryFeed(), name="category_feed"),
    path("sitemap.xml", _shared(index), {"sitemaps": _sitemaps, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<section>.xml", _shared(sitemap), {"sitemaps": _sitemaps}, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("health/", health.health, name="health"),
    path("media/<path:name>", media, name="media"),
]
