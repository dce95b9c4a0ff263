"""Amounts are exact: what people write is read, what is written is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.errors import InvalidInput
from flowengine.quantities import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    decimal_text,
    divided,
    duration_text,
    length_text,
    money_text,
    number_text,
    parse_duration,
    parse_integer,
    parse_length,
    parse_money,
    parse_number,
    parse_volume,
    parse_weight,
    volume_text,
    weight_text,
)

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "ten_thousandths"),
    [
        ("12.50 EUR", 125_000),
        ("12,50 EUR", 125_000),
        ("12.5", 125_000),
        ("1 234,50 EUR", 12_345_000),
        ("1\u00a0234,50\u00a0EUR", 12_345_000),
        ("1,234.50 EUR", 12_345_000),
        ("1.234,50 EUR", 12_345_000),
        ("1,234,567 EUR", 12_345_670_000),
        ("EUR 5", 50_000),
        ("5€", 50_000),
        ("-3 EUR", -30_000),
        ("\u22123 EUR", -30_000),
        ("0,125 EUR", 1_250),
        ("1234.567 EUR", 12_345_670),
        ("0.0001 EUR", 1),
    ],
)
def test_money_is_read_as_people_write_it(text: str, ten_thousandths: int) -> None:
    assert parse_money(text, "EUR") == ten_thousandths


@pytest.mark.parametrize("text", ["1,234 EUR", "1.234 EUR", "-1.234", "999,000 EUR"])
def test_money_that_reads_as_two_amounts_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="can be read as two amounts"):
        parse_money(text, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "EUR",
            "5 5 EUR",
            "12 34 EUR",
            "1,2,3 EUR",
            "EUR 5 EUR",
            "1e3 EUR",
        ),
        *("0.00001 EUR", "9" * 5_000, f"{10**20} EUR", "nan", "inf", "5 EUR EUR"),
    ],
)
def test_what_is_not_money_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"Expected money such as 12\.50 EUR, but"):
        parse_money(text, "EUR")


def test_money_of_another_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="5 SEK', which is not in EUR"):
        parse_money("5 SEK", "EUR")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("4h", 4 * HOUR),
        ("90s", 90 * SECOND),
        ("2 days", 2 * DAY),
        ("1h 30m", 90 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("1m30s", 90 * SECOND),
        ("1.5 h", 90 * MINUTE),
        ("1,5 h", 90 * MINUTE),
        ("1 week", 7 * DAY),
        ("3m", 3 * MINUTE),
    ],
)
def test_durations_have_one_unit_or_several_falling_ones(
    text: str, duration: int
) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["30m 1h", "1h 1h", "3", "3 kg", "h", "1h and 2m", ""])
def test_what_is_not_a_duration_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="Expected a duration such as 1h 30m"):
        parse_duration(text)


def test_weights_lengths_and_volumes_are_read_in_their_units() -> None:
    assert parse_weight("12,5 kg") == 12_500_000
    assert parse_weight("1.234 kg") == 1_234_000
    assert parse_length("1.2 metres") == 1_200_000
    assert parse_length("30 cm") == 300_000
    assert parse_volume("2 m3") == parse_volume("2 m³") == 2_000_000_000
    assert parse_volume("1 234,5 l") == 1_234_500_000


def test_a_comma_before_three_digits_is_refused_where_it_may_part_thousands() -> None:
    with pytest.raises(InvalidInput, match="can be read as two amounts"):
        parse_weight("1,234 kg")

    assert parse_weight("0,125 kg") == 125_000


def test_m_is_minutes_and_never_metres() -> None:
    with pytest.raises(InvalidInput, match="`m` is not a unit of length"):
        parse_length("3 m")

    assert parse_duration("3 m") == 3 * MINUTE


def test_two_weights_are_not_one() -> None:
    with pytest.raises(InvalidInput, match="Expected a weight"):
        parse_weight("1 kg 200 g")


def test_numbers_are_in_millionths_and_whole_numbers_are_whole() -> None:
    assert parse_number("1.5") == 1_500_000
    assert parse_integer("1 000") == 1_000
    with pytest.raises(InvalidInput, match="Expected a whole number such as 3"):
        parse_integer("3.5")
    with pytest.raises(InvalidInput, match=r"Expected a number such as 1\.5"):
        parse_number("0.0000001")


@given(AMOUNTS)
def test_every_quantity_is_read_back_from_its_text(value: int) -> None:
    assert parse_money(money_text(value, "EUR"), "EUR") == value
    assert parse_weight(weight_text(value)) == value
    assert parse_length(length_text(value)) == value
    assert parse_volume(volume_text(value)) == value
    assert parse_duration(duration_text(value)) == value
    assert parse_number(number_text(value)) == value


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_weight, parse_duration, parse_number, parse_integer):
        try:
            value: int | str = parse(text)
        except InvalidInput as error:
            value = str(error)
        assert isinstance(value, int) or value.startswith("Expected ")


def test_texts_are_short_and_exact() -> None:
    assert money_text(125_000, "EUR") == "12.50 EUR"
    assert money_text(-1, "EUR") == "-0.0001 EUR"
    assert weight_text(12_500_000) == "12.5 kg"
    assert length_text(1_200_000) == "1.2 metres"
    assert duration_text(90 * MINUTE) == "1h 30m"
    assert duration_text(-2 * DAY) == "-2 days"
    assert duration_text(0) == "0s"
    assert decimal_text(1_000, 1_000) == "1"


@given(AMOUNTS, st.integers(-1_000, 1_000).filter(bool))
def test_rounding_is_to_the_nearest_and_half_to_even(amount: int, by: int) -> None:
    quotient = divided(amount, by)

    rest = abs(2 * (amount - quotient * by))
    assert rest <= abs(by)
    assert rest < abs(by) or quotient % 2 == 0
