"""Personal data in three regions' forms, and what only looks like it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from research_kit.errors import StudyError
from research_kit.questions import privacy, understand
from research_kit.questions.privacy import is_cn_id, is_tw_id, luhn, mask, mask_text
from research_kit.records import Export

from .exports import make_export, study_of

MASKED = [
    ("write to jo.bloggs@example.co.uk please", "write to [email] please", "email"),
    ("my number is A123456789", "my number is [id]", "id"),
    ("身份证11010519491231002X。", "身份证[id]。", "id"),
    ("HKID A123456(3)", "HKID [id]", "id"),
    ("SSN 123-45-6789", "SSN [id]", "id"),
    ("paid with 4111 1111 1111 1111", "paid with [card]", "card"),
    ("from 192.168.1.20 it fails", "from [ip] it fails", "ip"),
    ("IPv6 2001:db8::ff00:42:8329 fails", "IPv6 [ip] fails", "ip"),
    ("微信号：abc_12345", "微信号：[handle]", "handle"),
    ("微信号 kafei2026", "微信号 [handle]", "handle"),
    ("QQ群 87654321", "QQ群 [handle]", "handle"),
    ("（852）2345 6789", "[phone]", "phone"),
    ("加我LINE ID: tommy88", "加我LINE ID: [handle]", "handle"),
    ("我的QQ12345678", "我的QQ[handle]", "handle"),
    ("ask @tom_lee", "ask [handle]", "handle"),
    ("call 0912-345-678", "call [phone]", "phone"),
    ("打02-2345-6789給我", "打[phone]給我", "phone"),
    ("010-62345678", "[phone]", "phone"),
    ("+886 912 345 678", "[phone]", "phone"),
    ("13812345678找我", "[phone]找我", "phone"),
    ("電話 91234567", "電話 [phone]", "phone"),
    ("(415) 555-0132", "[phone]", "phone"),
    ("see https://facebook.com/tom.lee.77", "see [url]", "url"),
    ("http://host/page?user=4711&x=1", "[url]", "url"),
]
KEPT = [
    "A123456788",
    "110105194912310021",
    "4111111111111112",
    "IBAN DE89370400440532013000",
    "from 2019-2020, 100-200 people",
    "version 3.10.2 to 3.11.4",
    "ordered 12345678 units on 2024-01-05 10:22",
    "it cost $1200-1500",
    "we met at 10:22:33",
    "5'4\" and @140 pounds",
    "1,000,000 rows",
    "NT$12,345,678",
    "v1.2.3.4",
    "online, in line with 3 others",
    "see https://docs.python.org/3/library/re.html",
    "等了四十分鐘",
    "command line is more familiar",
    "wait in line: people push",
    "https://news.example.com/item?id=108",
    "rated 10/10",
]


@pytest.mark.parametrize(("text", "masked", "kind"), MASKED)
def test_personal_data_is_masked(text: str, masked: str, kind: str) -> None:
    texts, counts = mask(pd.Series([text, "nothing here"]))
    assert texts.tolist() == [masked, "nothing here"]
    assert counts == {kind: 1}


@pytest.mark.parametrize("text", KEPT)
def test_look_alikes_stay(text: str) -> None:
    assert mask_text(text, counts := Counter()) == text
    assert not counts


@pytest.mark.parametrize(("text", "masked", "kind"), MASKED)
def test_the_cheap_filter_misses_nothing_that_the_patterns_find(text: str, masked: str, kind: str) -> None:
    long = f"before\nthat. {text} and after it"
    assert mask(pd.Series([long]))[0][0] == mask_text(long, Counter()) != long


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_luhn_accepts_exactly_one_check_digit(digits: str) -> None:
    assert sum(luhn(digits + str(d)) for d in range(10)) == 1


@given(st.from_regex(r"[A-Z][12]\d{7}", fullmatch=True))
def test_a_taiwan_id_has_exactly_one_check_digit(start: str) -> None:
    assert sum(is_tw_id(start + str(d)) for d in range(10)) == 1


@given(st.from_regex(r"[1-9]\d{5}19\d{2}0[1-9]1\d\d{3}", fullmatch=True))
def test_a_mainland_id_has_exactly_one_check_character(start: str) -> None:
    assert sum(is_cn_id(start + c) for c in "0123456789X") == 1


def test_masking_is_counted_and_can_be_turned_off() -> None:
    rows = [
        [f"it was fine, mail me: a{i}@b.org" if i < 3 else f"fine number {i}", "Other: call 0912-345-678" if i == 0 else "Shop"]
        for i in range(20)
    ]
    export = make_export(["What did you like?", "Where did you buy?"], rows)
    on = understand([export], study_of(export))
    assert on.masked == {"email": 3, "phone": 1}
    assert on.comments["text"][0] == "it was fine, mail me: [email]"
    assert "Other: call [phone]" in on.questions[1].options
    off = understand([export], study_of(export, mask=False))
    assert off.masked == {}
    assert off.comments["text"][0] == "it was fine, mail me: a0@b.org"


def test_what_two_people_gave_is_masked_for_both_and_what_many_gave_is_an_option() -> None:
    handles = ["@anna_k on Twitter"] * 2 + ["@kubernetesio on Twitter"] * 10 + ["Newsletter"] * 12
    export = make_export(["Respondent ID", "How did you hear of us?"], [[f"p{i}", told] for i, told in enumerate(handles)])
    found = understand([export], study_of(export))

    assert found.masked == {"handle": 2}
    assert found.questions[1].options == ("Newsletter", "@kubernetesio on Twitter", "[handle] on Twitter")


def contact_export() -> Export:
    rows = [[f"Tea {i} is fine", f"guest{i}@mail.test" if i % 2 else ""] for i in range(12)]
    return make_export(["What do you think of our tea?", "How can we reach you?"], rows)


def test_a_contact_is_kept_only_where_the_study_names_it() -> None:
    export = contact_export()
    silent = understand([export], study_of(export))
    assert silent.answers.columns.tolist() == []
    assert silent.questions[1].kind == "identifier"
    named = understand([export], study_of(export, contact="reach you"))
    assert named.answers["reach you"].tolist()[1] == "guest1@mail.test"
    assert named.answers["reach you"].isna().sum() == 6
    assert named.questions[1].answer_columns == ()


def test_a_contact_asked_in_words_is_no_comment() -> None:
    rows = [[f"Tea {i} is fine", f"ask for guest{i} at the desk, or guest{i}@mail.test"] for i in range(12)]
    export = make_export(["What do you think of our tea?", "How can we reach you?"], rows)
    silent = understand([export], study_of(export))
    assert not silent.comments["text"].str.contains("mail.test").any()
    named = understand([export], study_of(export, contact="How can we reach you?"))
    assert set(named.comments["question"]) == {named.questions[0].key}
    assert named.answers["How can we reach you?"].str.contains("mail.test").all()


def test_a_contact_that_fits_nothing_is_refused() -> None:
    export = contact_export()
    with pytest.raises(StudyError, match=r"\[privacy\] contact: no question fits 'shoe size'"):
        understand([export], study_of(export, contact="shoe size"))


@given(
    st.lists(
        st.sampled_from(
            [*"0123456789", *"0123456789", *" -().+@:/，ABXabx", "微信", "line ", "賴", "wx:", "qq ", "://", ".com/", "id"]
        ),
        max_size=30,
    )
)
@example([*"+00000"])  # a phone pattern meets it, its check does not take five digits
@settings(max_examples=400)
def test_no_pattern_finds_anything_where_its_sign_is_missing(parts: list[str]) -> None:
    text = "".join(parts)
    for kind, sign, pattern, check in privacy._STEPS:
        assert sign.search(text) or not any(check(found[0]) for found in pattern.finditer(text)), (kind, pattern.pattern)
