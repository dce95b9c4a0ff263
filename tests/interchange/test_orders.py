"""Sheets of orders: read right, or refused with every place that is wrong."""

import codecs

import pytest

from flowengine.errors import InvalidInput
from flowengine.interchange import Mark, OrderRow, read_orders
from flowengine.interchange import sheet as sheets
from flowengine.language.process import Process

HEADER = "number;customer;total;placed;service"


def read(process: Process, text: str, encoding: str = "utf-8") -> tuple[OrderRow, ...]:
    return read_orders(text.encode(encoding), "orders.csv", process)


def refusal(process: Process, content: str | bytes, decimal: Mark | None = None) -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(InvalidInput) as refused:
        read_orders(raw, "orders.csv", process, decimal=decimal)
    return str(refused.value)


def test_a_row_is_an_order(process: Process) -> None:
    orders = read(
        process,
        f"{HEADER}\nA-1;Anna;12,50;19.06.2026;standard\nA-2;Jānis;8;1.7.2026;same_day\n",
    )

    assert [order.number for order in orders] == ["A-1", "A-2"]
    assert [order.line for order in orders] == [2, 3]
    assert orders[0].fields == {
        "number": "A-1",
        "customer": "Anna",
        "total": "12.50 EUR",
        "placed": "2026-06-19",
        "service": "standard",
        "lines": [],
        "tags": [],
    }
    assert orders[1].fields["placed"] == "2026-07-01"


def test_rows_with_the_same_number_are_one_order_with_lines(process: Process) -> None:
    orders = read(
        process,
        f"{HEADER};sku;Quantity;LINE.WEIGHT (kg);tags\n"
        "A-1;Anna;12,50;19.06.2026;standard;S-1;2;1,5;gift\n"
        "A-2;Ilze;3;19.06.2026;standard;;;;\n"
        "A-1;;;;;S-2;1 000;200 g;\n",
    )

    assert [order.number for order in orders] == ["A-1", "A-2"]
    assert orders[0].fields["lines"] == [
        {"sku": "S-1", "quantity": 2, "weight": "1.5 kg"},
        {"sku": "S-2", "quantity": 1000, "weight": "200 g"},
    ]
    assert orders[0].fields["tags"] == ["gift"]
    assert orders[1].fields["lines"] == []


def test_columns_may_be_named_by_path_or_last_name_in_any_case(
    process: Process,
) -> None:
    orders = read(
        process,
        "ORDER.NUMBER,Customer,order.total,Placed,service,Promised at,lines.sku,"
        "line.quantity,address.street\n"
        "A-1,Anna,1.5,2026-06-19,standard,19.6.2026 13:30,S-1,1,Brīvības 1\n",
    )

    assert orders[0].fields["promised_at"] == "2026-06-19T13:30:00"
    assert orders[0].fields["lines"] == [{"sku": "S-1", "quantity": 1}]
    assert orders[0].fields["address"] == {"street": "Brīvības 1"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_seen(
    process: Process, delimiter: str, line_end: str
) -> None:
    lines = [HEADER, "A-1;Anna;12.50;19.06.2026;standard"]
    text = line_end.join(line.replace(";", delimiter) for line in lines)

    orders = read(process, text)

    assert orders[0].fields["total"] == "12.50 EUR"
    assert orders[0].line == 2


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1257"),
    ],
)
def test_any_usual_encoding_is_seen(
    process: Process, mark: bytes, encoding: str
) -> None:
    text = f"{HEADER}\nA-1;Jānis Bērziņš;12,50 €;19.06.2026;standard\n"

    orders = read_orders(mark + text.encode(encoding), "orders.csv", process)

    assert orders[0].fields["customer"] == "Jānis Bērziņš"
    assert orders[0].fields["total"] == "12.50 EUR"


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks(
    process: Process,
) -> None:
    orders = read(
        process,
        f'{HEADER}\nA-1;"SIA ""Liepa""; Rīga\nLatvija";1;19.06.2026;standard\n'
        "A-2;Anna;2;19.06.2026;standard\n",
    )

    assert orders[0].fields["customer"] == 'SIA "Liepa"; Rīga\nLatvija'
    assert orders[1].line == 4


def test_the_separator_may_be_declared_as_a_spreadsheet_does(process: Process) -> None:
    orders = read(process, f"sep=;\n{HEADER}\nA-1;Anna;1;19.06.2026;standard\n")

    assert orders[0].line == 3


def test_empty_rows_and_missing_cells_at_the_end_of_a_row_are_nothing(
    process: Process,
) -> None:
    orders = read(
        process,
        f"{HEADER};priority;\n;;;;;;\nA-1;Anna;1;19.06.2026;standard\n\n",
    )

    assert [order.line for order in orders] == [3]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("1234,5", "1234.5 EUR"),
        ("1 234,50", "1234.50 EUR"),
        ("1\u00a0234,50 EUR", "1234.50 EUR"),
        ("1.234.567", "1234567 EUR"),
        ("1.234,50 €", "1234.50 EUR"),
        ("1,234.50", "1234.50 EUR"),
        ("EUR 12.5", "12.5 EUR"),
        ("0,123", "0.1230 EUR"),
        ("-3,20", "-3.20 EUR"),
        ("\u22123,20", "-3.20 EUR"),
    ],
)
def test_a_number_that_reads_one_way_is_read_so(
    process: Process, written: str, read_as: str
) -> None:
    orders = read(process, f"{HEADER}\nA-1;Anna;{written};19.06.2026;standard\n")

    assert orders[0].fields["total"] == read_as


@pytest.mark.parametrize(("other", "read_as"), [("7,5", "1234"), ("7.5", "1.2340")])
def test_a_number_that_reads_two_ways_is_decided_by_its_column(
    process: Process, other: str, read_as: str
) -> None:
    orders = read(
        process,
        f"{HEADER}\nA-1;A;1.234;19.06.2026;standard\nA-2;B;{other};19.06.2026;standard",
    )

    assert orders[0].fields["total"] == f"{read_as} EUR"


def test_a_number_that_reads_two_ways_is_decided_by_the_file_where_it_agrees(
    process: Process,
) -> None:
    orders = read(process, f"{HEADER};rate\nA-1;Anna;1.234;19.06.2026;standard;0,5\n")

    assert orders[0].fields["total"] == "1234 EUR"


def test_a_number_that_nothing_decides_is_refused(process: Process) -> None:
    text = f"{HEADER}\nA-1;Anna;1.234;19.06.2026;standard\n"

    told = refusal(process, text)

    assert told == (
        "orders.csv:2, column total: Expected a number that reads one way, but '1.234'"
        " may be 1.234 or 1234 and nothing else in the file tells; say which mark is"
        " the decimal one."
    )


def test_a_number_is_refused_where_its_column_writes_both_marks(
    process: Process,
) -> None:
    rows = [
        f"A-{place};A;{total};19.06.2026;standard"
        for place, total in enumerate(("1.234", "7,5", "7.5"))
    ]

    told = refusal(process, "\n".join([HEADER, *rows]))

    assert told.startswith("orders.csv:2, column total: Expected a number that reads")


def test_the_decimal_mark_may_be_said(process: Process) -> None:
    text = f"{HEADER}\nA-1;Anna;1.234;19.06.2026;standard\n".encode()

    comma = read_orders(text, "orders.csv", process, decimal=Mark.COMMA)
    point = read_orders(text, "orders.csv", process, decimal=Mark.POINT)

    assert comma[0].fields["total"] == "1234 EUR"
    assert point[0].fields["total"] == "1.2340 EUR"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("19.06.2026", "2026-06-19"),
        ("1.6.2026.", "2026-06-01"),
        ("2026-06-19", "2026-06-19"),
        ("2026.06.19.", "2026-06-19"),
        ("19.06.2026 0:00", "2026-06-19"),
        ("19.06.2026 00:00:00", "2026-06-19"),
    ],
)
def test_a_date_is_read_day_first_or_year_first(
    process: Process, written: str, read_as: str
) -> None:
    orders = read(process, f"{HEADER}\nA-1;Anna;1;{written};standard\n")

    assert orders[0].fields["placed"] == read_as


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("jā", True), ("PATIESS", True), ("0", False), ("Nē", False), ("no", False)],
)
def test_yes_and_no_are_read_in_both_languages(
    process: Process, written: str, read_as: bool
) -> None:
    orders = read(
        process, f"{HEADER};express\nA-1;Anna;1;19.06.2026;standard;{written}\n"
    )

    assert orders[0].fields["express"] is read_as


def test_every_wrong_cell_is_named_at_once(process: Process) -> None:
    told = refusal(
        process,
        f"{HEADER};sku;quantity\n"
        "A-1;Anna;abc;19.06.2026;standard;S-1;2\n"
        "A-2;;12,50;31.02.2026;express;S-2;two\n",
    ).splitlines()

    assert [line.partition(": ")[0] for line in told] == [
        "orders.csv:2, column total",
        "orders.csv:3, column placed",
        "orders.csv:3, column service",
        "orders.csv:3, column quantity",
        "orders.csv:3, column customer",
    ]
    assert told[0].endswith("but got 'abc'.")
    assert "'31.02.2026'" in told[1]
    assert told[4].endswith("Expected a text, but the cell is empty.")


def test_a_wrong_cell_below_a_line_break_is_named_with_its_own_line(
    process: Process,
) -> None:
    told = refusal(process, f'{HEADER}\nA-1;"Anna\nRīga";abc;19.06.2026;standard\n')

    assert told.startswith("orders.csv:3, column total: ")


def test_an_order_that_says_two_things_is_refused(process: Process) -> None:
    told = refusal(
        process,
        f"{HEADER};sku;quantity\n"
        "A-1;Anna;12;19.06.2026;standard;S-1;2\n"
        "A-1;Anna;13;19.06.2026;standard;S-2;2\n",
    )

    assert told == (
        "orders.csv:3, column total: Expected '12' as in line 2 of the same order,"
        " but got '13'."
    )


def test_an_order_written_twice_is_refused(process: Process) -> None:
    row = "A-1;Anna;12;19.06.2026;standard"

    told = refusal(process, f"{HEADER}\n{row}\n{row}\n")

    assert told == (
        "orders.csv:3: Expected each order once, but this one stands in line 2 already."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number;totall\nA-1;2\n", "did you mean `total`?"),
        ("number;customer\nA-1;Anna\n", "Expected a column total, but there is none."),
        (f"{HEADER};TOTAL\nA-1;A;1;19.06.2026;standard;1\n", "Expected one column for"),
        (f"{HEADER};sku\nA-1;A;1;19.06.2026;standard;\n", "column lines.quantity"),
        (
            f"{HEADER}\n;Anna;1;19.06.2026;standard\n",
            "Expected the number of the order",
        ),
        (f"{HEADER}\nA-1;A;1;19.06.2026;standard;x\n", "'x' is too many"),
        (f"{HEADER};\nA-1;A;1;19.06.2026;standard;x\n", "Expected a name for column 6"),
        (f"{HEADER}\nA-1;#N/A;1;19.06.2026;standard\n", "the spreadsheet wrote '#N/A'"),
        (f"{HEADER}\n4,75E+12;A;1;19.06.2026;standard\n", "has shortened it"),
        (f'{HEADER}\nA-1;"Anna;1;19.06.2026;standard\n', "quotes closed"),
        (f"{HEADER}\n", "Expected a row for each order"),
        ("nothing here\n", "Expected a line with the names of columns"),
        ("", "but the file is empty"),
        (b"number;total\nA-1;\x81\xff\xa1\n", "byte 0x81 is none of them"),
        (b"number;total\nA-1;\x00\n", "zero byte"),
    ],
)
def test_a_wrong_sheet_is_refused_with_the_place(
    process: Process, text: str | bytes, expected: str
) -> None:
    told = refusal(process, text)

    assert told.startswith("orders.csv:")
    assert expected in told


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "LARGEST_FILE", 10)

    told = refusal(process, f"{HEADER}\n")

    assert told.startswith("orders.csv: Expected at most")


def test_too_many_problems_are_counted(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flowengine.interchange.orders.MOST_PROBLEMS", 2)
    rows = [f"A-{place};Anna;abc;19.06.2026;standard" for place in range(5)]

    told = refusal(process, "\n".join([HEADER, *rows])).splitlines()

    assert len(told) == 3
    assert told[2] == "orders.csv: and 3 more."


def test_leading_zeros_that_an_export_protects_stay(process: Process) -> None:
    orders = read(process, f'{HEADER}\n"=""00123""";Anna;1;19.06.2026;standard\n')

    assert orders[0].fields["number"] == "00123"
