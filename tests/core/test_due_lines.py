"""Dates and wall times in many zones, through the line format of `painbot due`."""

import json
from collections.abc import Iterator

import pytest

from painbot.due_lines import convert


def one(**fields: object) -> dict[str, object]:
    (line,) = convert([json.dumps({"id": 1, **fields})])
    answer: dict[str, object] = json.loads(line)
    return answer


@pytest.mark.parametrize(
    ("zone", "on", "at", "utc"),
    [
        # plain days, and the wall hour kept on both sides of a change
        ("UTC", "2026-06-01", "11:00", "2026-06-01T11:00:00Z"),
        ("Europe/Berlin", "2026-03-28", "11:00", "2026-03-28T10:00:00Z"),
        ("Europe/Berlin", "2026-03-29", "11:00", "2026-03-29T09:00:00Z"),
        ("Europe/Berlin", "2026-10-24", "11:00", "2026-10-24T09:00:00Z"),
        ("Europe/Berlin", "2026-10-25", "11:00", "2026-10-25T10:00:00Z"),
        ("Europe/Berlin", "2027-03-28", "11:00", "2027-03-28T09:00:00Z"),
        ("Asia/Kolkata", "2026-03-29", "09:00", "2026-03-29T03:30:00Z"),
        ("Asia/Kathmandu", "2026-12-31", "23:59", "2026-12-31T18:14:00Z"),
        # an hour that does not exist moves forward by the gap
        ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"),
        ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30:00Z"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z"),
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30:00Z"),
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30:00Z"),
        ("Australia/Sydney", "2026-10-04", "02:30", "2026-10-03T16:30:00Z"),
        ("Pacific/Auckland", "2026-09-27", "02:15", "2026-09-26T14:15:00Z"),
        ("Africa/Cairo", "2026-04-24", "00:10", "2026-04-23T22:10:00Z"),
        ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00:00Z"),
        # of an hour that happens twice the first
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00Z"),
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"),
        ("Europe/Dublin", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"),
        ("America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30:00Z"),
        ("Australia/Sydney", "2026-04-05", "02:30", "2026-04-04T15:30:00Z"),
        ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30:00Z"),
        # Lord Howe changes by half an hour
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"),
        ("Australia/Lord_Howe", "2027-04-04", "01:30", "2027-04-03T14:30:00Z"),
        # two changes a year around Ramadan, and winter time that counts as the change
        ("Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15T01:30:00Z"),
        ("Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22T02:30:00Z"),
        # a date that never happened is a 24 hour gap
        ("Pacific/Apia", "2011-12-29", "09:00", "2011-12-29T19:00:00Z"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T19:00:00Z"),
        ("Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00:00Z"),
        ("Pacific/Kwajalein", "1993-08-21", "09:30", "1993-08-21T21:30:00Z"),
        ("Pacific/Kiritimati", "1994-12-31", "09:30", "1994-12-31T19:30:00Z"),
        # a date that happened twice: the first
        ("Pacific/Kwajalein", "1969-09-30", "06:00", "1969-09-29T19:00:00Z"),
        # leap days and the turn of a year
        ("America/Los_Angeles", "2028-02-29", "23:30", "2028-03-01T07:30:00Z"),
        ("Pacific/Kiritimati", "2027-01-01", "00:00", "2026-12-31T10:00:00Z"),
        ("Pacific/Niue", "2026-12-31", "23:59", "2027-01-01T10:59:00Z"),
        # far beyond the last stored change the rule still holds; seconds are read
        ("Europe/Paris", "2090-07-01", "12:00:30", "2090-07-01T10:00:30Z"),
    ],
)
def test_local_date_and_time_become_the_instant(zone: str, on: str, at: str, utc: str) -> None:
    assert one(zone=zone, date=on, time=at) == {"id": 1, "utc": utc}


@pytest.mark.parametrize(
    ("fields", "wrong", "instead"),
    [
        ({"zone": "Europe/Pariss"}, '"Europe/Pariss" is not known', '"Europe/Paris"'),
        ({"zone": "europe/paris"}, "is not known", '"Europe/Paris"'),
        ({"zone": "qqqq"}, "is not known", "IANA name"),
        ({"zone": "../../etc/passwd"}, "is not known", "IANA name"),
        ({"zone": None}, '"zone" must be text', "Europe/Paris"),
        ({"date": "2026-02-29"}, "not in the calendar", "month"),
        ({"date": "2027-02-29"}, "not in the calendar", "month"),
        ({"date": "29.03.2026"}, "not a date", "YYYY-MM-DD"),
        ({"date": "20260329"}, "not a date", "YYYY-MM-DD"),
        ({"date": "٢٠٢٦-٠٣-٢٩"}, "not a date", "YYYY-MM-DD"),
        ({"date": 20260329}, '"date" must be text', "2026-03-29"),
        ({"time": "24:00"}, "not a time of this date", '"00:00" and the next date'),
        ({"time": "25:00"}, "not on the clock", "HH:MM"),
        ({"time": "12:60"}, "not on the clock", "HH:MM"),
        ({"time": "9:00"}, "not a time", "HH:MM"),
        ({"time": "9am"}, "not a time", "HH:MM"),
        ({"time": "09:00+02:00"}, "not a time", "HH:MM"),
        ({"date": "9999-12-31", "time": "23:00", "zone": "Pacific/Niue"}, "edge of the calendar", "9998"),
    ],
)
def test_a_bad_field_says_what_is_wrong_and_what_to_write(
    fields: dict[str, object], wrong: str, instead: str
) -> None:
    answer = one(**{"zone": "UTC", "date": "2026-03-29", "time": "09:00", **fields})
    assert answer["id"] == 1
    assert wrong in str(answer["error"])
    assert instead in str(answer["error"])


def test_a_missing_field_is_named() -> None:
    assert '"time" is missing' in str(one(zone="UTC", date="2026-03-29")["error"])


@pytest.mark.parametrize("line", ["{", "[1]", '"x"', "7", "NaN", '{"id": NaN}', "[" * 100_000, "nonsense"])
def test_what_is_no_json_object_is_an_error_line_without_an_id(line: str) -> None:
    (answer,) = convert([line])
    assert json.loads(answer)["id"] is None
    assert "JSON object" in json.loads(answer)["error"]


def test_a_bad_line_does_not_stop_the_rest_and_ids_come_back_as_given() -> None:
    good = {"zone": "UTC", "date": "2026-03-29", "time": "09:00"}
    ids: list[object] = ["a", 2, None, {"x": [1]}, "é"]
    lines = [json.dumps({"id": line_id, **good}) for line_id in ids]
    answers = [json.loads(line) for line in convert(["\ufeff" + lines[0], "oops", "", "  \n", *lines[1:]])]
    assert [answer["id"] for answer in answers] == ["a", None, *ids[1:]]
    assert [("utc" in answer) for answer in answers] == [True, False, True, True, True, True]


def test_lines_are_read_one_at_a_time() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield '{"id": 1, "zone": "UTC", "date": "2026-03-29", "time": "09:00"}'

    answers = convert(endless())
    assert next(answers) == next(answers) == '{"id": 1, "utc": "2026-03-29T09:00:00Z"}'
