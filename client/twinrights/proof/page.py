"""The proof as one page of A4 that needs nothing else: to print, to sign, to file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from twinrights.audit.page.markup import Element, el, table, write

__all__ = ["page"]

MOST_BATCHES = 5
"""So many stand on the page, the newest; the others are counted."""


def page(value: Mapping[str, Any]) -> str:
    """Return what `license proof --json` says as a page of HTML; who vouches, in words."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("title", f"License {value['license'][:10]}: {value['answer']}"),
        el("style", style),
    )
    body = el(
        "body",
        _answer(value),
        el("div", _terms(value), _parties(value), class_="columns"),
        _vouches(value),
        _usage(value),
        _grounds(value),
        _not_proven(value["not_proven"]),
    )
    return write(el("html", head, body, lang="en"))


def _answer(value: Mapping[str, Any]) -> Element:
    asked = value["asked"]
    images = "1 image" if asked["images"] == 1 else f"{asked['images']} images"
    return el(
        "header",
        el("p", "TwinRights: may this be published?", class_="kicker"),
        el("h1", value["answer"]),
        el(
            "p",
            f"Asked: {images}, for {_listed(asked['uses'])}, in {asked['markets']}, by ",
            el("code", asked["by"]),
            ". As of ",
            el("strong", _time(value["block_time"])),
            ".",
        ),
        el("p", f"Not {'; not '.join(value['never'])}."),
        class_="yes" if value["may_publish"] else "no",
    )


def _terms(value: Mapping[str, Any]) -> Element:
    money = {name: f"{value[name]['amount']} {value[name]['currency']}" for name in _MONEY}
    left = f"{value['images_left']} of {value['quota']}, for what is paid in"
    return _section(
        "What is licensed",
        {
            "Uses": _listed(value["uses"]),
            "Markets": value["markets"],
            "Category": value["category"],
            "Exclusive": value["exclusive"],
            "Start": _time(value["start"]),
            "End": _end(value),
            "Paid through": _time(value["paid_through"]),
            "Images left": left,
            "Fee, paid in": f"{money['fee']}, {money['deposited']}",
            "Early end": value["notice"],
        },
    )


_MONEY = ("fee", "deposited")


def _end(value: Mapping[str, Any]) -> str:
    if value["end"] == value["end_as_granted"]:
        return _time(value["end"])
    return f"{_time(value['end'])}, granted until {_time(value['end_as_granted'])}"


def _parties(value: Mapping[str, Any]) -> Element:
    return _section(
        "Between whom",
        {
            "License": _code(value["license"]),
            "Licensee": _code(value["licensee"]),
            "Records for it": [_code(one) for one in value["reporters"]] or "nobody else",
            "Twin": _code(value["twin"]),
            "Its owner": _code(value["owner"]),
            "Came from": value["came_from"],
            "Granted in": _code(value["granted_in"]),
            "Agreement": _code(value["agreement"]),
            "Reference": _code(value["reference"]),
            "Owner's memo": value["memo"],
        },
    )


def _vouches(value: Mapping[str, Any]) -> Element:
    said = value["vouched_by"], value["owner_vouched_by"]
    return el("p", "The licensee: {}. The owner: {}.".format(*said))


def _usage(value: Mapping[str, Any]) -> Element:
    batches: Sequence[Mapping[str, Any]] = value["usage"]
    shown = batches[-MOST_BATCHES:]
    rows = [
        el(
            "tr",
            el("td", batch["number"]),
            el("td", _time(batch["time"])),
            el("td", batch["kind"]),
            el("td", batch["images"]),
            el("td", _listed(batch["uses"])),
            el("td", batch["markets"]),
            el("td", el("code", batch["root"][:18] + "…")),
        )
        for batch in shown
    ]
    count = len(batches)
    more = f" The last {len(shown)} of {count} batches." if count > len(shown) else ""
    complete = (
        "None is missing or changed: together they give the head that the chain keeps"
        if value["usage_is_complete"]
        else "THEY DO NOT GIVE THE HEAD THAT THE CHAIN KEEPS: one is missing or changed"
    )
    heads = ("No.", "recorded", "kind", "images", "uses", "markets", "root")
    body: list[Element] = [table("Recorded use", heads, rows)] if rows else []
    said = f"{complete}.{more}" if rows else "No use has been recorded."
    paragraph = el("p", said)
    if value["usage_head"]:
        paragraph = el("p", f"{said} Head ", el("code", value["usage_head"]), ".")
    return el("section", el("h2", "What was recorded"), body, paragraph)


def _grounds(value: Mapping[str, Any]) -> Element:
    contracts = value["contracts"]
    return el(
        "section",
        el("h2", "On what ground"),
        el(
            "p",
            f"All of it stands in chain {value['chain']} at block {value['block']}, ",
            el("code", value["block_hash"]),
            f", {_time(value['block_time'])}: contracts TwinLicense ",
            el("code", contracts["licenses"]),
            " and DigitalTwin ",
            el("code", contracts["twins"]),
            f"; {value['code']}. To see for yourself: ",
            el("code", f"twinrights license proof {value['license']} --block {value['block']}"),
        ),
    )


def _not_proven(sentences: Sequence[str]) -> Element:
    return el(
        "section",
        el("h2", "What this page does not prove"),
        el("ul", [el("li", sentence) for sentence in sentences]),
    )


def _section(title: str, facts: Mapping[str, Any]) -> Element:
    rows = [el("div", el("dt", name), el("dd", fact)) for name, fact in facts.items()]
    return el("section", el("h2", title), el("dl", rows))


def _code(text: str | None) -> Element | str:
    return "none" if text is None else el("code", text)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _time(text: str | None) -> str:
    return (text or "-").replace("T", " ").replace("Z", " UTC")
