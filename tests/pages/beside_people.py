"""What the world of the pages has beside its people: stories, money, news. Of parts that know the people."""

from tests.appeals.appealing import told_appeals
from tests.assistance_stories.telling import stories_told
from tests.donations.campaign_rows import raising
from tests.donations.donate_world import shown_ways
from tests.donations.report_rows import shown_reports
from tests.news.telling import told_news
from tests.site_pages.telling import told_pages


def beside(named) -> None:
    """Stories, campaigns, reports, ways to give and news. `named` are published people with names."""
    stories_told(named[0])
    raising()
    shown_reports()
    shown_ways()
    told_news(*named[:3])
    told_pages(named[0])
    told_appeals(*named[:2])
