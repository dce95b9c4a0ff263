"""F10x and F11x: the text of the file, before any meaning."""

from flowengine.language.codes.code import Code

TEXT_CODES = (
    Code(
        "F101",
        "YAML cannot read this",
        """
        The file is not YAML at this place: a line without a colon between its key and
        its value, or a value that starts with a sign YAML keeps for itself (`@`, `%`,
        a backtick). Nothing after this place could be read, so there may be more.
        """,
        "about: @home deliveries",
        'about: "@home deliveries"',
    ),
    Code(
        "F102",
        "a tab instead of spaces",
        """
        YAML indents with spaces only. Most editors can turn tabs into spaces: two for
        each level is usual.
        """,
        "pick:\n\trole: picker",
        "pick:\n  role: picker",
    ),
    Code(
        "F103",
        "an indent that fits nowhere",
        """
        Keys that belong together start in the same column, and what belongs to a key
        stands further right than the key. This line does neither.
        """,
        "pick:\n  role: picker\n work: 3m",
        "pick:\n  role: picker\n  work: 3m",
    ),
    Code(
        "F104",
        "a second colon in a value",
        """
        A colon with a space behind it always separates a key from a value. A value
        that holds one goes on its own line after `>-`, or in quotes.
        """,
        "about: Two kinds: express and standard",
        "about: >-\n  Two kinds: express and standard",
    ),
    Code(
        "F105",
        "a quote, bracket or comma that does not fit",
        """
        A quote or a bracket was opened and not closed or closed and not opened, a comma
        stands alone, or text follows the closing quote or bracket. A value that starts
        with a quote or bracket ends at the next one; a rule that starts with a quote
        is written after `>-`.
        """,
        "asks: [order.credit, order.total",
        "asks: [order.credit, order.total]",
    ),
    Code(
        "F106",
        "a key written twice",
        """
        Plain YAML would silently keep the last one. The help names the place of the
        first; keep one of them.
        """,
        "pick:\n  role: picker\n  role: packer",
        "pick:\n  role: picker",
    ),
    Code(
        "F107",
        "a reference",
        """
        YAML can name a value with `&`, repeat it with `*` and merge maps with `<<`. A
        process says each thing where it is, so that every line can be read alone.
        """,
        "pick: {role: &who picker, next: pack}\npack: {role: *who, next: done}",
        "pick: {role: picker, next: pack}\npack: {role: picker, next: done}",
    ),
    Code(
        "F108",
        "a YAML type",
        """
        A `!` at the start of a value is a type in YAML. Types of a process stand
        under `data`; a text that starts with `!` goes in quotes.
        """,
        "about: !important orders",
        'about: "!important orders"',
    ),
    Code(
        "F109",
        "a second document, or a line that starts with `%`",
        """
        A line of three dashes starts a second document, one of three dots ends the
        file, one with `%` is an order to YAML itself. One file holds one process.
        """,
        "process: a\nversion: 1\n---\nprocess: b",
        "process: a\nversion: 1",
    ),
    Code(
        "F110",
        "too large, or too deep",
        """
        A process file has at most 500,000 characters, 20,000 lines, 50,000 values,
        1,000 steps and 3,000 arrows; one arrow opens at most 100 steps. Lists and maps
        stand at most 24 levels inside each other. A value has at most 10,000
        characters, one that is no rule or text for people 500.
        No process needs more; a file that does is a mistake or an attack.
        """,
        "about: [[[[[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]]]]",
        "about: deep",
    ),
    Code(
        "F111",
        "a value cut off by `#`",
        """
        A `#` behind a space starts a comment, also inside quotes that do not start the
        value. So the rest of the value was lost. After `>-` on its own lines, nothing
        is a comment.
        """,
        'when: order.note == "gate #4"',
        'when: >-\n  order.note == "gate #4"',
    ),
    Code(
        "F112",
        "a key without a value inside { }",
        """
        Inside `{ }` a comma starts the next key. A value that holds a comma is split
        by it, and what follows becomes a key without a value. The help shows the same
        written over several lines, where commas are safe.
        """,
        "pick: {role: picker, about: First this, then that, next: pack}",
        "pick:\n  role: picker\n  about: First this, then that\n  next: pack",
    ),
    Code(
        "F113",
        "no space after a colon",
        """
        `next:pack` is one word to YAML. A colon separates key and value only with a
        space behind it.
        """,
        "next:pack",
        "next: pack",
    ),
    Code(
        "F114",
        "a bracket or colon splits a value inside { }",
        """
        Inside `{ }` a bracket starts a list and a colon ends a key, so a value cannot
        hold them. The help shows the same written over several lines.
        """,
        "order: {number: text, service: one of [standard, express]}",
        "order:\n  number: text\n  service: one of [standard, express]",
    ),
    Code(
        "F115",
        "a character that cannot be printed",
        """
        Such characters come from copying out of other programs, or from a file saved
        in another encoding; so do spaces of other kinds, which YAML takes for letters.
        Delete it, and save the file as UTF-8.
        """,
        'title: "Picking\\x07" # with the bell sign itself in the file',
        "title: Picking",
    ),
    Code(
        "F116",
        "not a process",
        """
        The file is empty, or is a list or a text; or a key is no name. A process file
        is keys and values, from `process:` on.
        """,
        "- pick\n- pack",
        "process: pick-and-pack\nversion: 1",
    ),
    Code(
        "F117",
        "too many problems",
        """
        After 100 problems reading stops. Most of them have one cause; mend the first
        ones and check again.
        """,
        "roles: {clerk: {people: 3}} # and ninety-nine more without a department",
        "roles: {clerk: {people: 3, department: sales}}",
    ),
)
