"""The platforms that are recognised, in the order in which they are tried: the first match wins and says which rule matched."""

from __future__ import annotations

from collections.abc import Callable

from research_kit.reading.grid import Grid
from research_kit.reading.platforms import (
    alchemer,
    chinese,
    forms,
    google_forms,
    qualtrics,
    research,
    salesforce,
    service,
    shapes,
    stores,
    surveymonkey,
    table,
)
from research_kit.reading.platforms.layout import Layout, View
from research_kit.records import SourceType

Recogniser = Callable[[View], Layout | None]

RECOGNISERS: tuple[Recogniser, ...] = (
    shapes.recognise,
    qualtrics.recognise,
    surveymonkey.recognise,
    forms.TYPEFORM.recognise,
    forms.FORMBRICKS.recognise,
    forms.TALLY.recognise,
    alchemer.recognise,
    chinese.WJX.recognise,
    chinese.TENCENT.recognise,
    chinese.JINSHUJU.recognise,
    chinese.SURVEYCAKE.recognise,
    forms.MICROSOFT_FORMS.recognise,
    research.kobo,
    research.odk,
    research.limesurvey,
    research.redcap,
    service.ga4_events,
    service.ga4_report,
    salesforce.salesforce_answers,
    salesforce.SALESFORCE_RESPONSES.recognise,
    salesforce.SALESFORCE_CASES.recognise,
    service.ZENDESK.recognise,
    *(site.recognise for site in stores.REVIEW_SITES),
    service.INTERCOM.recognise,
    stores.g2,
    forms.JOTFORM.recognise,
    forms.JOTFORM_BARE.recognise,
    google_forms.recognise,
    chinese.SURVEYCAKE_BARE.recognise,
    forms.microsoft_in_another_language,
    table.events,
    table.reviews,
)
"""To add a platform: write ``recognise(view) -> Layout | None`` (or a ``Signature``), and put it here before what is weaker."""


def recognise(grid: Grid, declared: SourceType | None = None) -> Layout:
    """The layout of this grid: a platform's, else that of a plain table. What the study file declares decides between tables."""
    view = View.of(grid)
    for recogniser in RECOGNISERS:
        layout = recogniser(view)
        if layout is not None and (declared is None or layout.type == declared):
            return layout
    if declared == "reviews":
        return table.declared_reviews(view)
    return table.survey(view)
