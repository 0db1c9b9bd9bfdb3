"""Every fixed word exists in the three languages, with the same placeholders."""

from __future__ import annotations

import ast
import copy
import pickle
import re
import tomllib

import pytest

from research_kit import labels
from research_kit.language import detect
from research_kit.records import EMOTIONS, LANES, LANGUAGES


@pytest.mark.parametrize("area", labels.areas())
def test_every_word_stands_in_three_languages(area: str) -> None:
    for key, words in tomllib.loads((labels.FOLDER / f"{area}.toml").read_text(encoding="utf-8")).items():
        assert set(words) >= set(LANGUAGES), f"{area}.{key}"
        slots = {tuple(sorted(re.findall(r"\{(\w*)[^}]*\}", words[language]))) for language in LANGUAGES}
        assert len(slots) == 1, f"{area}.{key}: the placeholders differ"


@pytest.mark.parametrize("area", labels.areas())
def test_no_script_strays_into_the_other(area: str) -> None:
    for key in labels.keys(area):
        assert detect(labels.label(area, key, "zh-Hant"), "zh-Hant") != "zh-Hans", f"{area}.{key} zh-Hant"
        assert detect(labels.label(area, key, "zh-Hans"), "zh-Hans") != "zh-Hant", f"{area}.{key} zh-Hans"


def test_emotions_and_lanes_have_names() -> None:
    assert labels.keys("emotions") == list(EMOTIONS)
    assert set(LANES) <= set(labels.keys("terms"))


def test_words_are_filled_in_and_found_again() -> None:
    assert labels.label("summary", "files", "zh-Hant", path="x") == "旅程地圖：x"
    assert labels.find("emotions", " 困惑 ") == "confusion"
    assert labels.find("emotions", "Joy") == "joy"
    assert labels.find("emotions", "謹慎") is None
    assert labels.find("terms", "Pain_Points") == labels.find("terms", "Pain points") == "pain_points"


def test_an_unknown_word_names_what_there_is() -> None:
    with pytest.raises(KeyError, match=r"no label 'x' in labels/emotions\.toml; there are joy, "):
        labels.label("emotions", "x", "en")
    with pytest.raises(KeyError, match="no labels 'x'; there are "):
        labels.label("x", "y", "en")


def test_sentences_follow_one_another_as_the_language_writes() -> None:
    assert labels.paragraph(["No groups.", "One line."], "en") == "No groups. One line."
    assert labels.paragraph(["沒有分群。", "只有一條線。"], "zh-Hant") == "沒有分群。只有一條線。"


def test_a_sentence_is_said_in_each_language_with_what_is_inside_it() -> None:
    inner = labels.Sentence("study_problems", "want-whole")
    sentence = labels.Sentence("study_problems", "not-so", where="[study]", place="seed", found="'a'", wanted=inner)

    assert sentence == "[study] seed = 'a': a whole number is expected."
    assert labels.say(sentence, "zh-Hant") == "[study] seed = 'a'：應為整數。"
    assert labels.say("as it is", "zh-Hans") == "as it is"


def test_a_copy_of_a_sentence_still_speaks_three_languages() -> None:
    sentence = labels.Sentence("study_problems", "lacks", where="[[theme]] 1", place="id")

    for same in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert same == sentence
        assert labels.say(same, "zh-Hans") == "[[theme]] 1 缺少 id；请加上 id = ……"


SPOKEN_TO_PROGRAMMERS = ("maps.py", "text/annotate.py")
"""Functions that only Python code calls: what is wrong with their arguments is said in English."""


def test_no_problem_is_said_in_one_language_only() -> None:
    package, ours = labels.FOLDER.parent, ("InputError", "StudyError", "OutputError", "MapError")
    plain = [
        f"{path.relative_to(package).as_posix()}:{node.lineno}"
        for path in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours
        if node.args and isinstance(node.args[0], (ast.Constant, ast.JoinedStr))
    ]

    assert [p for p in plain if not p.startswith(SPOKEN_TO_PROGRAMMERS)] == []
