"""journey.html in a real browser: no request, evidence on click, keyboard, no errors; and hostile text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from research_kit.mentions import Mentions
from research_kit.records import EVERYONE, LANGUAGES, MAP_TYPES, CurveValue
from research_kit.write import html
from research_kit.write.html import journey_html
from research_kit.write.sheets.words import Words
from tests.write.browser import Browser
from tests.write.conftest import content, every_map

pytestmark = pytest.mark.slow

NASTY = '</script><script>window.hacked = 1</script><img src="http://example.org/x.png" onerror="window.hacked = 1">{{ 7*7 }}'


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = content(request.param, 60)
    mentions = run.mentions.frame().assign(text=[NASTY if i % 2 else t for i, t in enumerate(run.mentions.frame()["text"])])
    personas = tuple(replace(p, quote=NASTY) if i == 1 else p for i, p in enumerate(run.journey.personas))
    path = tmp_path_factory.mktemp("page") / "旅程.html"
    path.write_bytes(journey_html(replace(run.journey, personas=personas), Mentions.of(mentions)))
    return path


def test_the_page_names_no_other_place(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    outside = re.sub(re.escape("http://example.org/x.png"), "", text)

    assert not re.findall(
        r"(?:src|href)\s*=", outside.split('<script type="application/json"')[0].replace("&#34;", "").replace("img src=", "")
    )
    assert "@import" not in text
    assert "://" not in outside


@pytest.mark.browser
def test_evidence_opens_on_click_and_closes_with_the_keyboard(page: Path, browser: Browser) -> None:
    browser.events.clear()
    browser.open(page)
    assert browser.js("document.querySelectorAll('section:not([hidden]) button[data-cell]').length") > 20

    browser.js("document.querySelector('section:not([hidden]) td.quotes button').click()")
    assert browser.js("document.getElementById('evidence').open") is True
    assert browser.js("document.querySelectorAll('#evidence li').length") > 0
    assert "survey.csv" in browser.js("document.querySelector('#evidence li small').textContent")

    browser.key("Escape")
    assert browser.js("document.getElementById('evidence').open") is False
    assert browser.js("window.hacked") is None
    assert set(browser.requested()) <= {page.as_uri(), "about:blank"}
    assert browser.complaints() == []


@pytest.mark.browser
def test_a_long_list_of_evidence_opens_at_its_beginning_with_the_way_out_in_sight(page: Path, browser: Browser) -> None:
    browser.open(page)
    most = "[...document.querySelectorAll('button[data-cell]')].sort((a, b) => n(b) - n(a))[0]"
    browser.js(
        f"const n = (b) => data.cells[b.dataset.cell].mentions.length; document.body.style.fontSize = '40px'; {most}.click()"
    )

    assert browser.js("dialog.scrollHeight > dialog.clientHeight"), "the list is longer than the window"
    assert browser.js("dialog.scrollTop") == 0
    assert browser.js("dialog.querySelector('button').getBoundingClientRect().bottom <= window.innerHeight")


def test_numbers_of_two_sources_stand_on_their_own_side_of_the_curve() -> None:
    """Whichever source is higher at a stage has its number above its point, the other below."""
    journey = content("en", 60).journey
    values = [
        CurveValue(EVERYONE, journey.stages[0].key, source, 9, mean, None, None) for source, mean in (("a", -0.2), ("b", 0.3))
    ]
    svg = str(html._svg(replace(journey, curves=tuple(values)), EVERYONE, Words("en")))

    points = dict(zip("ab", map(float, re.findall(r'cy="([\d.]+)"', svg)), strict=True))
    texts = dict(zip("ab", map(float, re.findall(r'y="([\d.]+)">[+−]\d\.\d\d', svg)), strict=True))
    assert texts["a"] > points["a"] > points["b"] > texts["b"]


@pytest.mark.browser
def test_everything_works_by_keyboard(page: Path, browser: Browser) -> None:
    browser.open(page)
    browser.js("document.getElementById('tab-0').focus()")
    browser.key("ArrowRight")

    assert browser.js("document.activeElement.id") == "tab-1"
    assert browser.js("document.getElementById('map-1').hidden") is False
    assert browser.js("document.getElementById('map-0').hidden") is True
    browser.js("document.querySelector('#map-1 button[data-cell]').focus()")
    browser.key("Enter")
    assert browser.js("document.getElementById('evidence').open") is True
    assert browser.js("document.getElementById('evidence').contains(document.activeElement)") is True


@pytest.mark.browser
def test_all_maps_are_printed(page: Path, browser: Browser) -> None:
    browser.open(page)
    browser.call("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.js("[...document.querySelectorAll('section')].map(s => getComputedStyle(s).display)")
    browser.call("Emulation.setEmulatedMedia", {"media": ""})

    assert shown == ["block"] * 5  # everybody, three personas, the lists


@pytest.fixture(scope="module", params=LANGUAGES)
def all_types(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = every_map(request.param)
    path = tmp_path_factory.mktemp("types") / "journey.html"
    path.write_bytes(journey_html(run.journey, run.mentions))
    return path


@pytest.mark.browser
def test_every_type_of_map_that_was_asked_for_is_there_for_everybody_and_each_persona(all_types: Path, browser: Browser) -> None:
    browser.events.clear()
    browser.open(all_types)
    run = every_map(Words(browser.js("document.documentElement.lang").removesuffix("-TW").removesuffix("-CN")).language)
    words = Words(run.language)

    maps = browser.js("[...document.querySelectorAll('section')].map(s => [...s.querySelectorAll('h3')].map(h => h.textContent))")
    assert maps[0] == [words(f"type_{kind}") for kind in MAP_TYPES]
    assert all(set(found) <= set(maps[0]) and words("type_future") in found for found in maps[1:-1])
    assert maps[-1] == [
        words(f"html_list_{kind}") for kind in ("pain", "delight", "wish") if kind in {t.kind for t in run.journey.themes}
    ] + [words("sheet_opportunities")]
    blanks = browser.js("[...document.querySelectorAll('td.fill')].map(c => c.textContent)")
    assert len(blanks) > 50
    assert set(blanks) == {""}
    assert browser.js("document.querySelectorAll('td.boundary').length") == 3 * 4, "the lines of a blueprint"
    assert set(browser.requested()) <= {all_types.as_uri(), "about:blank"}
    assert browser.complaints() == []


def test_a_map_type_that_was_not_asked_for_is_not_there() -> None:
    run = every_map("en")
    words = Words("en")
    page = journey_html(replace(run.journey, types=("future",)), run.mentions).decode()

    assert words("type_future") in page
    assert words.term("emotions") not in page.split("</style>")[1].split('<script type="application/json"')[0]
    assert words("type_blueprint") not in page


@pytest.mark.browser
def test_a_persona_has_her_share_traits_and_quote_above_her_map_and_an_address_of_her_own(page: Path, browser: Browser) -> None:
    browser.open(page)
    lang = browser.js("document.documentElement.lang").removesuffix("-TW").removesuffix("-CN")
    person = content(lang, 60).journey.personas[1]
    browser.open(page, f"#{person.id}")
    shown = browser.js("[...document.querySelectorAll('section')].map(s => s.hidden)")

    tabs = browser.js("tabs.map(t => t.dataset.id)")
    assert shown == [key != person.id for key in tabs]
    card = browser.js("document.querySelector('section:not([hidden]) .card').innerText")
    assert re.match(r"\d+%", card)
    assert all(trait in card for trait in person.traits[:4])


@pytest.mark.browser
def test_the_list_of_pains_counts_people_and_leads_to_what_they_said(all_types: Path, browser: Browser) -> None:
    browser.open(all_types)
    themes = sorted((t for t in every_map().journey.themes if t.kind == "pain"), key=lambda t: (-t.n, t.id))
    rows = browser.js(
        "[...document.querySelectorAll('section:last-of-type table')[0].querySelectorAll('tbody tr')].map(r => r.cells[2].textContent)"
    )

    assert [int(n) for n in rows] == [t.n for t in themes]
    browser.js("tabs.at(-1).click(); document.querySelector('section:not([hidden]) button[data-cell]').click()")
    assert browser.js("document.getElementById('evidence').open") is True
    assert browser.js("document.querySelectorAll('#evidence li').length") == min(len(themes[0].evidence), html.MOST_EVIDENCE)


def test_ratings_of_the_stages_stand_under_the_curve_and_nobody_who_speaks_is_not_counted() -> None:
    journey = content("en", 60).journey
    value = CurveValue(
        EVERYONE, journey.stages[0].key, "all", 0, None, None, None, {"steps | Booking": {"n": 90.0, "mean": 0.39}}
    )
    page = journey_html(replace(journey, curves=(value,)), content("en", 60).mentions).decode()

    assert "Booking: +0.39 · 90" in page
    assert Words("en").term("rated") in page
    assert "n = 0" not in page
    assert Words("en").term("rated") not in journey_html(replace(journey, curves=()), content("en", 60).mentions).decode()
