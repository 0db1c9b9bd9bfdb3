"""Cards: lines that say something once, under the right heading; outcomes; quotes; rules; who is left over; what to do without personas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from research_kit import personas
from research_kit.personas import cards, facets, forming, quotes, rules, storage, wording
from research_kit.personas.encode import learn
from research_kit.personas.explain import explain
from research_kit.personas.people import Group, unplaced
from research_kit.personas.wording import Asked
from research_kit.records import LANGUAGES, Language, Question, Responses, Scale
from research_kit.study import one_question

from .shop import export, shop, study

GROUP = np.repeat([0, 1], 100)
AGREE = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
SURE = ("非常不同意", "不同意", "普通", "同意", "非常同意")


def question(text: str, kind: str = "single", **more: Any) -> Question:
    return Question("q", text, kind, "active", "", **more)  # type: ignore[arg-type]


def card(columns: dict[str, Any], about: dict[str, Asked], language: Language = "en") -> list[str]:
    tables = cards.compare(pd.DataFrame(columns), GROUP, 2, weight=np.ones(200), columns=list(columns))
    return [t.text for t in cards.traits(tables[0], about, language)]


# ---------------------------------------------------------------- lines


def test_both_sides_of_a_yes_and_no_are_one_line() -> None:
    values = np.where(np.r_[np.arange(100) < 90, np.arange(100) < 20], "Yes", "No")
    assert card({"q": values}, {"q": Asked(question("Do you drive?"), "")}) == ["Do you drive: “Yes”: 90% (others 20%)"]


def test_a_tick_that_rules_out_the_others_says_it_alone() -> None:
    none = np.r_[np.ones(95), np.zeros(5), np.zeros(100)].astype(bool)
    cake = np.r_[np.zeros(100), np.arange(100) < 60].astype(bool)
    ask = question("What do you order?", "multiple", options=("Cake", "None of these"))
    made = card(
        {"q | Cake": cake, "q | None of these": none},
        {"q | Cake": Asked(ask, "Cake"), "q | None of these": Asked(ask, "None of these")},
    )
    assert made == ["What do you order: None of these: 95% (others 0%)"]


def test_what_hardly_anybody_says_is_no_line() -> None:
    values = np.r_[np.arange(100) < 8, np.zeros(100)].astype(bool)
    assert card({"q | Fax": values}, {"q | Fax": Asked(question("How do you order?", "multiple", options=("Fax",)), "Fax")}) == []


def levels(*shares: tuple[int, ...]) -> np.ndarray:
    return np.concatenate([np.repeat(np.arange(len(s)), s) for s in shares])


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ((0, 0, 10, 10, 80), (20, 20, 20, 30, 10), "“Strongly agree”"),
        ((0, 0, 10, 45, 45), (40, 40, 20, 0, 0), "“Agree” or “Strongly agree”"),
        ((0, 5, 35, 30, 30), (40, 55, 5, 0, 0), "“Neutral” to “Strongly agree”"),
        ((2, 25, 25, 24, 24), (50, 15, 15, 10, 10), "“Strongly disagree”"),
    ],
)
def test_answers_on_a_scale_are_named_and_never_end_in_or_more(
    mine: tuple[int, ...], theirs: tuple[int, ...], words: str
) -> None:
    values = pd.Categorical.from_codes(levels(mine, theirs), AGREE, ordered=True)
    made = card({"q": values}, {"q": Asked(question("Fair prices", "rating"), "", AGREE)})
    assert len(made) == 1
    assert made[0].startswith(f"Fair prices: {words}: ")


def test_places_in_a_ranking_and_means_on_a_scale_say_what_they_are() -> None:
    rank = np.r_[np.tile([1.0, 2.0], 50), np.tile([4.0, 5.0], 50)]
    about = {"q | Price": Asked(question("Rank these", "ranking", options=("Price", "Taste")), "Price")}
    assert card({"q | Price": rank}, about) == ["Rank these: Price: place 1.5 on average (others 4.5; 1 = first)"]


def test_a_mean_says_what_the_ends_of_its_scale_are() -> None:
    scores = pd.Categorical(np.r_[np.tile([4, 5], 50), np.tile([2, 3], 50)], categories=range(1, 6), ordered=True)
    plain = question("How good is the coffee?", "rating", scale=Scale(1, 5))
    assert card({"q": scores}, {"q": Asked(plain, "")}) == ["How good is the coffee: 4.5 on average (others 2.5; scale 1–5)"]
    named = question("How old are they?", "rating", scale=Scale(1, 5, ("10 or younger", "11", "12", "13", "14 or older")))
    assert card({"q": scores}, {"q": Asked(named, "")}) == [
        "How old are they: 4.5 on average (others 2.5; 1 = “10 or younger”, 5 = “14 or older”)"
    ]


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("text", "kind", "answers", "told", "effect", "expected"),
    [
        ("How often do you visit us?", "rating", ("Never", "Daily"), "Daily", 1, "does"),
        ("您大約多久來一次？", "rating", ("很少", "每天"), "每天", 1, "does"),
        ("您用過哪些方式點餐？", "multiple", (), None, 1, "does"),
        ("您每次点外卖大约花多少钱？", "rating", ("20元以下", "50元以上"), "50元以上", 1, "does"),
        ("您选择外卖平台时最看重什么？", "single", (), "价格", 1, "wants"),
        ("您來店裡主要是為了什麼？", "multiple", (), None, 1, "wants"),
        ("Why do you come?", "multiple", (), None, 1, "wants"),
        ("What is most important to you?", "single", (), "Price", 1, "wants"),
        ("Is it rude to recline?", "rating", ("No", "Yes"), "Yes", 1, "feels"),
        ("How many times is it acceptable to get up?", "rating", ("Once", "Twice"), "Twice", 1, "feels"),
        ("您對服務滿意嗎？", "rating", ("不滿意", "滿意"), "滿意", 1, "feels"),
        ("Fair prices", "rating", AGREE, "Strongly agree", 1, "agrees"),
        ("Fair prices", "rating", AGREE, "Strongly agree", -1, "disagrees"),
        ("Fair prices", "rating", AGREE, "Strongly disagree", 1, "disagrees"),
        ("Fair prices", "rating", AGREE[::-1], "Strongly disagree", 1, "disagrees"),
        ("等候的時間可以接受", "rating", SURE, "非常不同意", 1, "disagrees"),
        ("等候的時間可以接受", "rating", SURE, "非常同意", 1, "agrees"),
    ],
)
def test_headings(text: str, kind: str, answers: tuple[str, ...], told: str | None, effect: float, expected: str) -> None:
    row = {"kind": "share", "answer": told, "effect": effect}
    assert facets.facet(Asked(question(text, kind), "", answers), row) == expected


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("How likely are you to recommend us?", "nps", True),
        ("Overall, how satisfied are you with our shop?", "rating", True),
        ("整體而言，您對這家店滿意嗎？", "rating", True),
        ("您願意推薦給朋友嗎？", "rating", True),
        ("How satisfied are you with the delivery?", "rating", False),
        ("How do you get recommendations?", "multiple", False),
        ("您對等候時間滿意嗎？", "rating", False),
    ],
)
def test_outcomes_are_told_apart(text: str, kind: str, outcome: bool) -> None:
    assert facets.is_outcome(question(text, kind)) is outcome


# ---------------------------------------------------------------- outcomes, those left over, advice


def with_score(responses: Responses, truth: np.ndarray) -> Responses:
    score = np.where(truth == 0, 9, 5) + np.arange(len(truth)) % 2
    ask = Question(
        "nps",
        "How likely are you to recommend us?",
        "nps",
        "active",
        "",
        source="shop",
        answer_columns=("nps",),
        overall_rating=True,
    )
    answers = responses.answers.assign(nps=pd.Categorical(score, categories=range(11), ordered=True))
    return replace(responses, answers=answers, questions=(*responses.questions, ask))


def test_an_outcome_describes_and_does_not_form_unless_the_researcher_says_so() -> None:
    responses = with_score(*shop(200))
    assert "nps" not in responses.features()[0].columns
    found = personas.form(responses, study(n=2), "en")
    assert "nps" not in found.used
    assert dict(found.left_out)["nps"].startswith("an outcome")
    assert all([t.question for t in p.outcomes] == ["nps"] for p in found.personas)
    means = sorted(p.outcomes[0].value for p in found.personas)
    assert means[0] < 6.5 < 8.5 < means[1]
    assert not any("no clear difference" in p.outcomes[0].text for p in found.personas)
    chosen = personas.form(responses, study(n=2, using=("why", "nps")), "en")
    assert "nps" in chosen.used


def test_an_outcome_that_does_not_differ_is_shown_as_such() -> None:
    responses, _ = shop(200)
    found = personas.form(with_score(responses, np.zeros(200)), study(n=2), "en")
    assert all(p.outcomes[0].text.endswith(", no clear difference") for p in found.personas)


@pytest.mark.parametrize(
    ("levels", "direction", "words", "share"),
    [
        (("bad", "poor", "fair", "good", "great"), "up", "“good” or “great”", 0.75),
        (("great", "good", "fair", "poor", "bad"), "down", "“great” or “good”", 0.25),
        (("bad", "fair", "great"), "unknown", "“great”", 0.5),
    ],
)
def test_an_outcome_in_words_is_the_share_on_its_better_half(
    levels: tuple[str, ...], direction: Any, words: str, share: float
) -> None:
    codes = np.r_[np.tile([2, 3, 4, 4], 25) if len(levels) == 5 else np.tile([1, 2], 50), np.zeros(100, dtype=int)]
    answers = pd.DataFrame({"q": pd.Categorical.from_codes(codes, levels, ordered=True)})
    if direction == "down":
        answers["q"] = pd.Categorical.from_codes(np.r_[np.tile([1, 2, 3, 4], 25), np.full(100, 4)], levels, ordered=True)
    ask = question("Overall, how satisfied are you?", "rating", scale=Scale(1, len(levels), levels, direction))
    about = {"q": Asked(ask, "", levels)}
    rows = cards.rated(answers, GROUP, 2, weight=np.ones(200), about=about, columns=["q"])
    made = cards.outcomes(rows[0], about, "en")
    assert [t.text for t in made] == [f"Overall, how satisfied are you: {words}: {100 * share:.0f}% (others 0%)"]
    assert made[0].value == share


def test_who_is_left_over_is_described() -> None:
    responses, truth = shop(300, seed=2)
    out = (responses.answers["age"] == "old").to_numpy()
    group = Group(np.where(out, -1, truth), np.ones(300), responses.answers.index, ("persona-1", "persona-2"))
    nobody = unplaced(responses, group, "en", used=["use", "order", "seat"])
    assert nobody is not None
    assert (nobody.id, nobody.name, nobody.n) == ("none", "Represented by no persona", out.sum())
    assert nobody.share == pytest.approx(out.mean())
    assert nobody.low < nobody.share < nobody.high
    assert nobody.demographics[0].text == "Your age: “old”: 100% (others 0%)"
    assert unplaced(responses, replace(group, labels=truth), "en", used=["use"]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_personas_the_advice_names_questions_that_the_study_file_understands(language: Language) -> None:
    responses, _ = shop(200)
    bare = replace(responses, questions=tuple(q for q in responses.questions if q.role != "active"))
    found = personas.form(bare, study(), language)
    assert found.verdict == "none"
    advice = found.reasons[-1]
    assert "[personas]" in advice
    for text in ("Your gender", "Your age"):
        assert text in advice
        assert one_question(text, bare.questions, "by").role == "demographic"
    declared = personas.form(bare, study(by="Your gender"), language)
    assert {p.name for p in declared.personas} == {"woman", "man"}
    assert not any(t.question == "gender" for p in declared.personas for t in (*p.traits, *p.demographics))


def test_the_advice_names_none_where_none_would_serve() -> None:
    responses, _ = shop(60)
    bare = replace(responses, questions=tuple(q for q in responses.questions if q.kind == "multiple"))
    assert forming._advice(bare, "en") == (
        "Groups that you know already can stand in: set by under [personas] in the study file to a question with a few answers.",
    )


def test_a_long_question_is_advised_by_its_start_its_end_or_its_key() -> None:
    long = question("Which of the following member tiers of our shop do you belong to at this moment?")
    twin = replace(long, key="twin", text=long.text + " And before?")
    assert forming._handle(long, (long,)) == "Which of the following member tiers of our shop do you"
    assert forming._handle(twin, (long, twin)) == "of our shop do you belong to at this moment? And before?"
    assert forming._handle(long, (long, twin)) == long.text
    assert forming._handle(long, (long, replace(long, key="again"))) == long.key


# ---------------------------------------------------------------- quotes


def comments(texts: list[tuple[int, str, str]]) -> pd.DataFrame:
    rows = [(f"c{i}", unit, f"r{unit}", "shop", unit + 2, i, asked, text) for i, (unit, asked, text) in enumerate(texts)]
    return pd.DataFrame(rows, columns=["comment", "unit", "respondent", "source", "row", "column", "question", "text"])


def test_quotes_are_of_typical_members_about_different_things_and_say_something() -> None:
    good = (
        "The app order was ready when I walked in",
        "Sockets at every table made my working day",
        "Barista remembers my name and my usual",
    )
    texts = [(0, "a", "N/A"), (0, "b", good[0]), (1, "a", "nothing"), (1, "b", good[1]), (2, "b", "no"), (2, "b", good[2])]
    texts += [(3, "b", "App order was ready when we walked in here"), (9, "b", "The cake was dry and the service slow today")]
    typical = pd.Series({0: 19.9, 1: 19.8, 2: 19.7, 3: 19.6})
    said = comments(texts)
    found = [q.text for q in quotes.quotes(said, typical, quotes.spoken(said))]
    assert set(found) == set(good)


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "no",
        "None.",
        "無",
        "沒有意見",
        "不知道",
        "Not that I know of. Others might.",
        "I don't know what to say",
        "同上",
        "ok",
        "Not sure",
    ],
)
def test_texts_that_say_nothing_are_never_quoted(text: str) -> None:
    said = comments([(0, "a", text)])
    assert quotes.quotes(said, pd.Series({0: 20.0}), quotes.spoken(said)) == ()


def test_the_most_typical_share_the_traits_of_their_persona() -> None:
    responses, truth = shop(200)
    table = explain(responses.answers, truth, 2, columns=["use", "order", "why | Work"])
    shown = cards.matches(responses.answers, table[table["persona"] == 0])
    assert shown.between(0, 1).all()
    assert shown[truth == 0].mean() > shown[truth == 1].mean() + 0.4
    ranked = quotes.typical(pd.Series(0.99, index=shown.index), shown)
    assert ranked.idxmax() == shown.idxmax()


# ---------------------------------------------------------------- rules


def planted(n: int, seed: int, *, noise: float) -> tuple[pd.DataFrame, np.ndarray, dict[str, Asked]]:
    """Members fulfil at least two of three conditions, but for some noise; eight more columns are by lot."""
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(rng.choice(["yes", "no"], size=(n, 11)), columns=[f"q{i}" for i in range(11)])
    member = (X[["q0", "q1", "q2"]] == "yes").sum(axis=1).to_numpy() >= 2
    about = {c: Asked(replace(question(f"Do you like thing {c}?"), key=c), "") for c in X}
    return X, member ^ (rng.random(n) < noise), about


def made_rule(X: pd.DataFrame, member: np.ndarray, about: dict[str, Asked], language: Language = "en") -> Any:
    tests, data = rules.conditions(learn(X).items, X)
    return rules.rule(tests, data, member, about, language, seed=0)


def test_a_planted_rule_is_found_and_its_accuracy_is_that_on_new_people() -> None:
    X, member, about = planted(600, 1, noise=0.1)
    found = made_rule(X, member, about)
    assert found.text.startswith("You are this persona if at least two of these are true: (1) your answer to “Do you like thing ")
    assert set(found.questions) == {"q0", "q1", "q2"}
    assert found.precision == pytest.approx(0.9, abs=0.05)
    assert found.recall == pytest.approx(0.9, abs=0.05)


def test_a_rule_on_noise_claims_no_more_than_chance() -> None:
    X, _, about = planted(400, 2, noise=0.0)
    member = np.random.default_rng(5).random(400) < 0.3
    found = made_rule(X, member, about)
    assert found is None or found.precision < 0.42


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_have_at_most_three_conditions_in_plain_words(language: Language) -> None:
    responses, _ = shop(200)
    found = personas.form(responses, study(n=3), language)
    for p in found.personas:
        if p.rule is not None:
            assert 1 <= len(p.rule.questions) <= 3
            assert 0 < p.rule.precision <= 1
            assert "“Daily” or more" not in p.rule.text


def test_numbers_and_places_are_worded_as_such() -> None:
    n = 240
    member = np.arange(n) % 2 == 0
    X = pd.DataFrame(
        {"age": np.where(member, 50, 20) + np.arange(n) % 17, "r | Price": np.where(member, 1.0, 3.0), "r | Taste": 2.0}
    )
    X["r | Taste"] = np.where(np.arange(n) % 3 == 0, 1.0, X["r | Taste"])
    about = {
        "age": Asked(replace(question("How many years?", "number"), key="age"), ""),
        "r | Price": Asked(replace(question("Rank these", "ranking"), key="r"), "Price"),
        "r | Taste": Asked(replace(question("Rank these", "ranking"), key="r"), "Taste"),
    }
    assert made_rule(X[["age"]], member, about).text in [
        f"You are this persona if your answer to “How many years” is {cut} or more." for cut in range(30, 52)
    ]
    assert made_rule(X[["r | Price", "r | Taste"]], member, about).text == (
        "You are this persona if you put “Price” in place 1 or higher in “Rank these”."
    )


def test_the_screener_types_people_with_predict() -> None:
    """The five questions are all that ``predict`` needs; what is not asked is missing."""
    responses, _ = shop(400)
    found = personas.form(responses, study(n=2), "en")
    figures = found.accuracy["screener"]
    model = storage.from_dict(found.model)
    asked = wording.asked(responses)
    X = responses.answers[[str(i.column) for i in model.encoding_.items]]
    few = X.copy()
    for column in few:
        if asked[column].question.key not in figures["questions"]:
            few[column] = few[column].where(np.zeros(len(few), dtype=bool))
    everything, alone = model.predict_proba(X).argmax(axis=1), model.predict_proba(few).argmax(axis=1)
    assert (everything == alone).mean() == pytest.approx(figures["agreement"], abs=0.06)


def test_sources_that_are_no_survey_have_no_outcomes() -> None:
    responses, truth = shop(200)
    scored = with_score(responses, truth)
    reviews = replace(scored, questions=tuple(replace(q, source="reviews") if q.key == "nps" else q for q in scored.questions),
                      exports=(export("shop", "survey"), export("reviews", "reviews")))  # fmt: skip
    found = personas.form(reviews, study(n=2), "en")
    assert all(p.outcomes == () for p in found.personas)
    assert "nps" not in dict(found.left_out)
