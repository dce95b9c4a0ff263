"""Durations, numbers and shares as people read them; rounded, never cut off.

Separators are those of CLDR: `1,107.5` in English, `1 107,5` (no-break space) in
Latvian. All rounding is half up on integers, so that no platform differs.
"""

from decimal import ROUND_HALF_UP, Decimal

from flowengine.quantities import DAY, HOUR, MINUTE, SECOND, Duration

_MARKS = {"en": (",", "."), "lv": ("\N{NO-BREAK SPACE}", ",")}
#: From the largest: the unit, its sign, how many of it are enough to use it, and from
#: how many on tenths are left out. So a day and a half is 36 h.
_UNITS = (
    (DAY, "d", 2, 100),
    (HOUR, "h", 1, 100),
    (MINUTE, "min", 1, 10),
    (SECOND, "s", 0, 10),
)


def duration_text(duration: Duration, lang: str) -> str:
    """A length of time in one unit, days being of 24 hours: `12.6 h`, `8 min`, `2.4 d`.

    Tenths stand where they matter: below ten of a unit, and below a hundred hours or
    days; a zero tenth is left out.
    """
    if duration < 0:
        return f"-{duration_text(Duration(-duration), lang)}"
    if not duration:
        return f"0 {_UNITS[2][1]}"
    text = ""
    for unit, sign, enough, coarse_from in _UNITS:
        tenths = (20 * duration + unit) // (2 * unit)
        if tenths < 10 * coarse_from:
            text = f"{_trimmed(Decimal(tenths) / 10, lang)} {sign}"
        else:
            text = f"{number_text((2 * duration + unit) // (2 * unit), lang)} {sign}"
        if tenths >= 10 * enough:
            break
    return text


def number_text(value: int | float | Decimal, lang: str, digits: int = 0) -> str:
    """A number with its thousands apart, and `digits` decimals."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    thousands, point = _MARKS.get(lang, _MARKS["en"])
    text = f"{rounded if rounded else abs(rounded):,f}"
    return text.translate(str.maketrans(",.", thousands + point))


def share_text(value: float, lang: str) -> str:
    """A part of one as per cent: `59 %`, `4.8 %`, `99.7 %`, `<0.1 %`.

    Tenths stand below ten and above ninety-nine, where they matter; what is not
    nothing is never written as 0 %, what is not all never as 100 %.
    """
    percent = Decimal(str(value)) * 100
    if 0 < percent < Decimal("0.05"):
        return f"<{_trimmed(Decimal('0.1'), lang)} %"
    if Decimal("99.95") <= percent < 100:
        return f">{_trimmed(Decimal('99.9'), lang)} %"
    if abs(percent) < Decimal("9.95") or 99 < percent < 100:
        return f"{_trimmed(percent, lang)} %"
    return f"{number_text(percent, lang)} %"


def _trimmed(value: Decimal, lang: str) -> str:
    """A number with one decimal, which is left out where it is 0."""
    tenth = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return number_text(tenth, lang, 0 if tenth == int(tenth) else 1)


def range_text(low: Duration, high: Duration, lang: str) -> str:
    """A range in the unit of its upper end: `11.1 - 14.2 h` with a dash."""
    first, last = duration_text(low, lang), duration_text(high, lang)
    amount, _space, unit = first.rpartition(" ")
    start = amount if last.endswith(" " + unit) else first
    return f"{start} \N{EN DASH} {last}"
