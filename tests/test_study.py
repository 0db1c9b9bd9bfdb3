"""study.toml: what is read, and that every mistake is said at once, in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from research_kit.errors import Gathering, InputError, StudyError
from research_kit.labels import Sentence, say
from research_kit.language import detect
from research_kit.records import Stage
from research_kit.study import (
    PersonaSpec,
    QuestionSpec,
    Study,
    as_shipped,
    described,
    is_default,
    journeys,
    keywords_in,
    language_in,
    template,
)


def save(folder: Path, text: str) -> Path:
    (folder / "answers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


SOURCE = '[[source]]\npath = "answers.csv"\n'


def test_a_full_study_is_read(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        """
        [study]
        name = "Café 2026"
        language = "zh-Hant"
        map = ["current", "future"]
        orientation = "rows"
        seed = 7
        [[source]]
        path = "answers.csv"
        wave = "2026-Q3"
        where = { region = ["north", "south"], date = { from = "2026-01-01" } }
        [questions."How often"]
        kind = "rating"
        role = "active"
        stage = "order"
        scale = { min = 1, max = 5, labels = ["never", "always"] }
        reversed = true
        [[stage]]
        key = "order"
        names = { en = "Order", zh-Hant = "點餐" }
        description = "from the queue to the tray"
        keywords = ["queue", "排隊"]
        [[touchpoint]]
        key = "tray"
        names = { en = "Tray" }
        keywords = ["tray", "托盤"]
        [events]
        "begin_checkout" = "order"
        [personas]
        n = 3
        names = { persona-1 = "常客" }
        [[theme]]
        id = "pain-wait"
        dismiss = true
        [privacy]
        mask = false
        [text]
        learn = false
        """,
    )

    study = Study.load(path)

    assert (study.name, study.language, study.map, study.orientation, study.seed) == (
        "Café 2026",
        "zh-Hant",
        ("current", "future"),
        "rows",
        7,
    )
    assert study.sources[0].path == tmp_path / "answers.csv"
    assert study.sources[0].where == {"region": ["north", "south"], "date": {"from": "2026-01-01"}}
    spec = study.questions["How often"]
    assert (spec.kind, spec.role, spec.stage, spec.scale_min, spec.scale_max, spec.scale_labels) == (
        "rating",
        "active",
        "order",
        1,
        5,
        ("never", "always"),
    )
    assert spec.reversed is True
    assert [s.key for s in study.stages] == ["order"]
    assert study.stages[0].name("zh-Hant") == "點餐"
    assert study.stages[0].name("zh-Hans") == "Order"
    assert list(study.touchpoints[0].keywords) == ["tray", "托盤"]
    assert study.events == {"begin_checkout": "order"}
    assert (study.personas.n, study.personas.names) == (3, {"persona-1": "常客"})
    assert study.themes[0].dismiss is True
    assert (study.mask, study.text.learn) == (False, False)


def test_without_stages_the_template_counts(tmp_path: Path) -> None:
    study = Study.load(save(tmp_path, SOURCE))

    assert [s.key for s in study.stages] == ["awareness", "consideration", "purchase", "use", "retention", "advocacy"]
    assert [s.name("zh-Hant") for s in study.stages] == ["認知", "考慮", "購買", "體驗", "留存", "推薦"]
    assert study.name == tmp_path.name


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        """
        [study]
        lanugage = "en"
        map = ["currant"]
        journey = "shop"
        [[source]]
        path = "gone.csv"
        type = "poll"
        [questions.q1]
        kind = "likert"
        [personas]
        n = "three"
        [extra]
        """,
    )

    with pytest.raises(StudyError) as caught:
        Study.load(path)

    text = "\n".join(caught.value.problems)
    assert len(caught.value.problems) >= 6
    assert "'lanugage' is not a key of [study]; did you mean 'language'?" in text
    assert "[study] map.0 = 'currant': allowed are 'current', 'future', 'day', 'blueprint', 'channel'." in text
    assert "[[source]] 1 type = 'poll': allowed are 'survey', 'reviews', 'events'." in text
    assert "kind = 'likert'" in text
    assert "[personas] n = 'three'" in text
    assert "[extra] is not a key of a study file" in text
    assert all(p.startswith("study.toml: ") and "\n" not in p for p in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no [[source]] is declared"),
        ('[[source]]\npath = "gone.csv"\n', "the file gone.csv does not exist"),
        (SOURCE + '[study]\njourney = "shop"\n', "journey = 'shop' is not shipped; allowed are"),
        (SOURCE + '[[stage]]\nkey = "a"\n[[stage]]\nkey = "a"\n', "the key 'a' stands twice"),
        (SOURCE + '[questions.q1]\nstage = "nowhere"\n', "'nowhere' is not a stage of this study"),
        (SOURCE + '[events]\nbuy = "nowhere"\n', "'nowhere' is not a stage of this study"),
        (SOURCE + "[personas]\nn = 0\n", "n = 0 is too few"),
        (SOURCE + "[personas]\nmax = 0\n", "max = 0 is too few"),
        (SOURCE + "[questions.q1]\nscale = { min = 3, max = 3 }\n", "min 3 is not below max 3"),
        (SOURCE + "[questions.q1]\nscale = { min = 5, max = 1 }\n", "min 5 is not below max 1"),
        (SOURCE + "[questions.q1]\nscale = { low = 5 }\n", "'low' is not a key of"),
        (SOURCE + '[text]\nlexicon = ["gone.txt"]\n', "gone.txt does not exist"),
        ("[source]\npath = 1\n", "write [[source]] with two brackets"),
        ("[study\n", "is not valid TOML"),
        (
            SOURCE + 'where = { 縣市 = ["台北市"] }\n',
            'study.toml, line 3: names with Chinese characters need quotes left of the = too: "縣市" = ...',
        ),
        ('[[source]]\npath = "answers.csv"\nwhere = { d = { since = 1 } }\n', "{from = .., to = ..}"),
        (SOURCE * 2, "answers.csv is given twice"),
        (SOURCE + "[study]\nseed = -1\n", "seed = -1 is not allowed; give a whole number from 0 to 4294967295"),
        (SOURCE + '[[stage]]\nkey = " "\n', "[[stage]] 1 lacks key; add key"),
        (SOURCE + '[[channel]]\nkey = ""\n', "[[channel]] 1 lacks key; add key"),
        (SOURCE + '[[stage]]\nkey = "a"\nnames = { zh = "甲" }\n', "'zh' is not a key of [[stage]] 1 names"),
        (SOURCE + '[[stage]]\nkey = "a"\nkeywords = "queue"\n', "keywords = 'queue': a list in [ ] is expected"),
        (SOURCE + '[personas]\nn = "three"\n', "[personas] n = 'three': allowed are \"auto\" or a number from 1"),
        (SOURCE + "[events]\nbuy = 3\n", "[events] 'buy' = 3: a text in quotes is expected"),
        (SOURCE + "[privacy]\ncontact = 3\n", "[privacy] contact = 3: a text in quotes is expected"),
    ],
)
def test_one_mistake_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(StudyError) as caught:
        Study.load(save(tmp_path, text))

    [problem] = caught.value.problems
    assert words in problem
    assert isinstance(problem, Sentence)
    for language in ("zh-Hant", "zh-Hans"):
        assert detect(say(problem, language), language) in (language, "mixed"), say(problem, language)


def test_a_condition_that_cannot_be_meant_is_not_said_again_by_who_reads_the_data(tmp_path: Path) -> None:
    told = Gathering()

    study = Study.load(save(tmp_path, SOURCE + 'where = { d = { since = 1 }, e = "x" }\n'), told=told)

    assert [len(error.problems) for error in told.errors] == [1]
    assert study.sources[0].where == {"e": "x"}


def test_what_contradicts_itself_is_said_beside_what_is_misspelt(tmp_path: Path) -> None:
    text = """
        [study]
        map = ["currant"]
        journey = "shop"
        [questions.q1]
        scale = { min = 5, max = 1 }
        stage = "nowhere"
        [[stage]]
        key = "use"
        [personas]
        like = "no-run"
        [text]
        model = "no-model"
        """
    path = save(tmp_path, text + SOURCE)

    with pytest.raises(StudyError) as caught:
        Study.load(path)

    said = (
        "map.0 = 'currant'",
        "journey = 'shop'",
        "min 5 is not below",
        "'nowhere' is not a stage",
        "no personas.json",
        "no config.json",
    )
    assert [sum(words in problem for problem in caught.value.problems) for words in said] == [1] * 6
    assert len(caught.value.problems) == 6


def test_whoever_looks_for_more_gets_the_study_without_its_mistakes(tmp_path: Path) -> None:
    told = Gathering()
    study = Study.load(save(tmp_path, '[study]\nseed = "a"\nname = "x"\njourney = "shop"\n' + SOURCE), told=told)

    assert (study.seed, study.name, len(study.sources), study.stages) == (0, "x", 1, template("default"))
    with pytest.raises(StudyError, match="a whole number is expected"):
        told.tell()
    with pytest.raises(StudyError):  # without its data there is nothing more to look for
        Study.load(save(tmp_path, '[study]\nseed = "a"\n[[source]]\npath = "gone.csv"\n'), told=Gathering())


def test_a_study_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; check the path, or make one with `research-kit init`"):
        Study.load(tmp_path / "study.toml")


def test_a_study_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_bytes("[study]\nname = '咖啡'\n".encode("big5"))

    with pytest.raises(StudyError, match="is not UTF-8 text; save it as UTF-8"):
        Study.load(path)


def test_files_take_the_place_of_sources(tmp_path: Path) -> None:
    path = save(tmp_path, '[[source]]\npath = "gone.csv"\n')
    other = tmp_path / "answers.csv"

    assert [s.path for s in Study.load(path, files=[other]).sources] == [other]


def test_one_file_in_two_parts_is_no_file_twice(tmp_path: Path) -> None:
    study = Study.load(save(tmp_path, SOURCE + 'where = { a = "1" }\n' + SOURCE + 'where = { a = "2" }\n'))

    assert [s.where for s in study.sources] == [{"a": "1"}, {"a": "2"}]
    with pytest.raises(StudyError, match="given twice"):
        Study.from_files([tmp_path / "answers.csv", tmp_path / "answers.csv"])


def test_a_change_must_be_a_field(tmp_path: Path) -> None:
    study = Study.from_files([tmp_path / "a.csv"])

    assert study.changed(seed=3).seed == 3
    assert [s.key for s in study.changed(journey="restaurant").stages] == [s.key for s in template("restaurant")]
    with pytest.raises(StudyError, match="'sed' is not a key of a study; did you mean 'seed'"):
        study.changed(sed=3)


def test_plain_data_is_taken_as_in_a_study_file(tmp_path: Path) -> None:
    plain = {"Q3": {"kind": "rating", "scale": {"min": 1, "max": 5}}, "Q4": QuestionSpec(ignore=True)}
    study = Study.from_files([tmp_path / "a.csv"], questions=plain, personas={"n": 3}, stages=[{"key": "use"}])

    assert study.questions["Q3"] == QuestionSpec(kind="rating", scale_min=1.0, scale_max=5.0)
    assert study.questions["Q4"].ignore
    assert study.personas == PersonaSpec(n=3)
    assert study.stages == (Stage("use"),)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"questions": {"Q3": {"kid": "rating"}}}, "'kid' is not a key of [questions.\"Q3\"]; did you mean 'kind'?"),
        ({"questions": {"Q3": "rating"}}, '[questions."Q3"] should be a table of settings'),
        ({"questions": ["Q3"]}, "questions = ['Q3']"),
        ({"questions": {"Q3": {"stage": "moon"}}}, "'moon' is not a stage of this study"),
        ({"personas": {"m": 3}}, "'m' is not a key of [personas]"),
        ({"themes": [{"id": "a", "colour": 1}]}, "'colour' is not a key of [[theme]] 1"),
        ({"seed": "a"}, "seed = 'a': a whole number is expected"),
        ({"sources": [{"path": "a.csv", "type": "film"}]}, "[[source]] 1 type = 'film': allowed are"),
    ],
)
def test_plain_data_that_cannot_be_meant_is_refused(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(StudyError) as error:
        Study.from_files([tmp_path / "a.csv"], **changes)
    assert said in str(error.value)


@pytest.mark.parametrize("name", journeys())
def test_every_template_speaks_three_languages(name: str) -> None:
    stages = template(name)

    assert 4 <= len(stages) <= 8
    for stage in stages:
        assert set(stage.names) == {"en", "zh-Hant", "zh-Hans"}
        assert stage.description
        assert len(stage.keywords) >= 6


def test_problems_are_said_in_the_language_of_the_study(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        Study.load(save(tmp_path, SOURCE + '[personas]\nn = 0\n[study]\nlanguage = "zh-Hant"\nmap = ["x"]\nseed = "a"\n'))

    assert [say(p, "zh-Hant") for p in caught.value.problems] == [
        "study.toml：[study] map.0 = 'x'：可用的是 'current', 'future', 'day', 'blueprint', 'channel'。",
        "study.toml：[study] seed = 'a'：應為整數。",
        'study.toml：[personas] n = 0 太少；請寫 "auto" 或 1 以上的數字。',
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('[study]\nlanguage = "zh-Hant"\n', "zh-Hant"),
        ("[study\nlanguage='zh-Hans'", "zh-Hans"),
        ('[study]\nlanguage = "fr"\n', None),
        ('[study]\n# language = "zh-Hans"\n', None),
    ],
)
def test_the_language_is_known_before_the_file_is_understood(text: str, language: str | None, tmp_path: Path) -> None:
    assert language_in(save(tmp_path, text)) == language
    assert language_in(tmp_path / "gone.toml") is None


@pytest.mark.parametrize("name", journeys())
def test_every_template_describes_its_stages_in_three_languages_with_keywords_of_equal_depth(name: str) -> None:
    for stage in template(name):
        said = {language: described(stage, language) for language in ("en", "zh-Hant", "zh-Hans")}
        deep = {language: len(keywords_in(stage, language)) for language in said}

        assert said["en"] == stage.description
        assert all("\u4e00" <= char <= "\u9fff" for text in (said["zh-Hant"], said["zh-Hans"]) for char in text[:1])
        assert min(deep.values()) >= 4
        assert all(word.isascii() for word in keywords_in(stage, "en"))


def test_a_study_in_chinese_keeps_the_general_stages_as_such() -> None:
    told = [Stage(s.key, s.names, described(s, "zh-Hant"), keywords_in(s, "zh-Hant")) for s in template("default")]

    assert is_default(told)
    assert as_shipped(told) == list(template("default"))
    assert is_default(template("default"))
    assert not is_default(template("saas"))
    assert not is_default([Stage(s.key, s.names, s.description, (*s.keywords, "zibbel")) for s in template("default")])


def test_what_the_researcher_wrote_stays_as_it_is() -> None:
    own = Stage("use", {"en": "Use"}, "Whatever we like", ("zibbel", "好用", "broke"))

    assert described(own, "zh-Hans") == "Whatever we like"
    assert keywords_in(own, "zh-Hans") == ["zibbel", "好用"]


def test_a_study_file_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"study\.toml is a study file, not an export: give it to research-kit run"):
        Study.from_files([save(tmp_path, SOURCE)])


@pytest.mark.parametrize(("line", "goes_on"), [("[study]\nnmae = 1\n", True), ("[[source]]\npath = 5\n", False)])
def test_more_is_looked_for_as_long_as_the_sources_can_be_read(line: str, goes_on: bool, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(f'[[source]]\npath = "a.csv"\n{line}', encoding="utf-8")
    told = Gathering()
    if goes_on:
        assert [s.path.name for s in Study.load(tmp_path / "study.toml", told=told).sources] == ["a.csv"]
        assert [type(e) for e in told.errors] == [StudyError]
    else:
        with pytest.raises(StudyError):
            Study.load(tmp_path / "study.toml", told=told)
