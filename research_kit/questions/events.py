"""Event logs: who did what when, and which stage the study says that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from research_kit.errors import InputError
from research_kit.labels import Sentence, label
from research_kit.language import to_simplified
from research_kit.questions import dates
from research_kit.questions.profile import norm, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from research_kit.records import Export, Language

_SHOWN = 8
_NAMES: dict[str, tuple[str, ...]] = {
    "user": ("user_pseudo_id", "user id", "user_id", "userid", "user", "customer id", "customer_id", "client id", "client_id",
    "visitor id", "visitor_id", "member id", "member_id", "contact id", "session id", "account", "email", "用户id", "用户",
    "会员编号", "会员", "客户编号", "客户"),
    "event": ("event_name", "event name", "event", "action", "activity", "event type", "event_type", "step", "page", "type",
    "事件", "事件名称", "行为", "动作"),
    "timestamp": ("event_timestamp", "timestamp", "time", "datetime", "date time", "event time", "event_time", "created_at",
    "created at", "occurred_at", "date", "event_date", "时间", "事件时间", "日期", "发生时间"),
}  # fmt: skip


def events(exports: Sequence[Export], stages: Mapping[str, str]) -> pd.DataFrame | None:
    """All event logs as one table: user, event, time, source, stage ("" where the study does not map the event). None without any log.

    InputError names a log in which no user or event column can be found. Times without a zone stay as written; epochs (seconds, milli- or
    microseconds, told apart by size) become UTC.
    """
    frames = [_log(e, stages) for e in exports if e.type == "events"]
    if not frames:
        return None
    return (
        pd.concat(frames, ignore_index=True)
        .sort_values(["source", "user", "time"], kind="stable", na_position="last")
        .reset_index(drop=True)
    )


def notes(log: pd.DataFrame | None, stages: Mapping[str, str], language: Language) -> Iterator[str]:
    """Which events mean no stage yet, the most frequent first, and which the study file names in vain."""
    if log is None:
        return
    counts = log["event"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    free = [str(name) for name in counts.index if norm(str(name)) not in {norm(k) for k in stages}]
    if free:
        shown = ", ".join(free[:_SHOWN]) + (", ..." if len(free) > _SHOWN else "")
        yield label("reading", "events-unmapped", language, n=len(free), names=shown)
    unknown = [name for name in stages if norm(name) not in {norm(str(e)) for e in counts.index}]
    if unknown:
        yield label("reading", "events-unknown", language, names=", ".join(unknown))


def _log(export: Export, stages: Mapping[str, str]) -> pd.DataFrame:
    found = {role: _column(export, role) for role in _NAMES}
    missing = [role for role in ("user", "event") if found[role] is None]
    if missing:
        key = "events-neither" if len(missing) == 2 else f"events-no-{missing[0]}"
        raise InputError(Sentence("refusals", key, name=export.source, columns=", ".join(c.text for c in export.columns[:12])))
    cells = export.cells
    event = cells[found["event"]].str.strip()
    mapped = {norm(k): v for k, v in stages.items()}
    codes, uniques = pd.factorize(event)
    stage = np.array([mapped.get(norm(str(u)), "") for u in uniques] + [""], dtype=object)[codes]
    time = (
        _times(cells[found["timestamp"]])
        if found["timestamp"] is not None
        else pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    )
    table = pd.DataFrame(
        {
            "user": cells[found["user"]].str.strip().to_numpy(),
            "event": event.to_numpy(),
            "time": time.to_numpy(),
            "source": export.source,
            "stage": stage,
        }
    )
    table = table[(table["user"] != "") & (table["event"] != "")]
    return table.astype({"user": "str", "event": "str", "source": "str", "stage": "str"})


def _column(export: Export, role: str) -> int | None:
    for column in export.columns:
        if column.hint == role:
            return column.position
    called = {norm(to_simplified(c.text)): c.position for c in reversed(export.columns)}
    return next((called[n] for n in _NAMES[role] if n in called), None)


def _times(cells: pd.Series) -> pd.Series:
    codes, uniques = pd.factorize(cells)
    values = [str(u) for u in uniques]
    plain = numbers(values)
    if len(plain) and np.isnan(plain).mean() < 0.05 and np.nanmax(plain) > 1e8 and not all(len(v) == 8 for v in values[:50]):
        size = float(np.nanmedian(plain))
        unit = 1e6 if size > 1e14 else 1e3 if size > 1e11 else 1.0
        moments = pd.DatetimeIndex(pd.to_datetime(plain / unit, unit="s", errors="coerce"))
    elif values and all(len(v) == 8 and v.isdigit() for v in values if v):
        moments = pd.DatetimeIndex(pd.to_datetime(pd.Series(values), format="%Y%m%d", errors="coerce"))
    else:
        moments = dates.parse(values)
    return pd.Series(moments.append(pd.DatetimeIndex([pd.NaT])).take(codes), index=cells.index)
