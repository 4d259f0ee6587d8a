"""Of two processes with one token the newcomer gives way, and only the newcomer."""

from painbot.telegram.conflicts import CONFLICTS, RIDES_OUT_SECONDS, UNDISTURBED_SECONDS, Conflicts


def settled() -> Conflicts:
    first = Conflicts()
    first.fetched(0.0)
    first.fetched(UNDISTURBED_SECONDS)
    return first


def test_newcomer_gives_way_after_a_few_refusals_though_updates_come_in_between() -> None:
    newcomer = Conflicts()
    for number in range(CONFLICTS - 1):
        assert not newcomer.refused(number * 3.0)
        newcomer.fetched(number * 3.0 + 1)
    assert newcomer.refused(CONFLICTS * 3.0)


def test_whoever_was_there_first_rides_it_out_for_much_longer() -> None:
    first, at = settled(), UNDISTURBED_SECONDS + 10
    for second in range(int(RIDES_OUT_SECONDS)):
        assert not first.refused(at + second)
    assert first.refused(at + RIDES_OUT_SECONDS)


def test_conflicts_that_ended_do_not_count_towards_later_ones() -> None:
    first, at = settled(), UNDISTURBED_SECONDS
    assert not first.refused(at)
    first.fetched(at + 1)
    first.fetched(at + 1 + UNDISTURBED_SECONDS)
    assert not first.refused(at + 2 + RIDES_OUT_SECONDS)


def test_one_long_fetch_answered_in_the_first_minute_makes_nobody_the_first() -> None:
    newcomer = Conflicts()
    newcomer.fetched(0.0)
    assert [newcomer.refused(UNDISTURBED_SECONDS / 2 + n) for n in range(CONFLICTS)][-1]
