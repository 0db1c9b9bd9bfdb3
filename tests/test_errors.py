"""What went wrong: sentences on their own or several at once, and one error for all of them."""

from __future__ import annotations

import pytest

from research_kit.errors import Gathering, InputError, MapError, OutputError, ResearchKitError, StudyError
from research_kit.labels import Sentence


@pytest.mark.parametrize("kind", [InputError, StudyError, OutputError, MapError])
def test_one_sentence_or_several(kind: type[ResearchKitError]) -> None:
    assert kind("a.csv is empty.").problems == ("a.csv is empty.",)
    assert kind(iter(["one.", "two."])).problems == ("one.", "two.")
    assert str(kind(["one.", "two."])) == "one.\ntwo."
    assert issubclass(kind, ResearchKitError)


def test_a_sentence_keeps_what_it_needs_to_be_said_in_another_language() -> None:
    problem = Sentence("study_problems", "no-source-declared")

    assert InputError(problem).problems[0] is problem


def test_what_several_steps_find_is_told_at_once_under_the_kind_of_the_first() -> None:
    told = Gathering()
    with told:
        raise StudyError(["unknown key.", "no such stage."])
    with told:
        pass
    with told:
        raise InputError(["b.csv is empty.", "unknown key."])

    with pytest.raises(StudyError) as caught:
        told.tell()
    assert caught.value.problems == ("unknown key.", "no such stage.", "b.csv is empty.")


def test_nothing_is_told_where_nothing_was_found() -> None:
    told = Gathering()
    with told:
        pass

    assert told.errors == []
    told.tell()


@pytest.mark.parametrize("error", [KeyError("bug"), KeyboardInterrupt()])
def test_what_no_researcher_can_mend_is_not_kept(error: BaseException) -> None:
    told = Gathering()
    with pytest.raises(type(error)), told:
        raise error
    assert told.errors == []
