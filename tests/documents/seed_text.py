"""The plan as plain text: what a program that reads pages made of a Word table. HTML in cells, pages that cut rows."""

from document import Document
from pages import BEGIN_A_PAGE, DRAWN, paged_rows
from plan import Block, Row, expected, head

LIST = '<ul style="list-style-type: none">'
IMAGE = '<div data-bbox="1473 199 1572 300" data-label="Image"> </div>'

# Words that were links, of which only the underline is left; and words in italics.
UNDERLINED = [
    "Home Office crime recording rules for frontline officers and staff",
    "statutory guidance on the Stalking Protection Act",
    "criminal courts statistics",
    "intelligence reports",
]
ITALIC = [
    "what its experience shows to work, why the orders matter to victims, and what training staff need to understand "
    "them fully and put them into effect well",
]

# Rows whose cells are HTML even where there is but one paragraph; rows whose owner is.
IN_HTML = {"12", "13", "22", "24", "27", "29"}
OWNER_IN_HTML = {"11", "12", "13", "14", "15", "18", "25"}


def marked(text: str) -> str:
    for words in UNDERLINED:
        text = text.replace(words, f"<u>{words}</u>")
    for words in ITALIC:
        text = text.replace(words, f"<i>{words}</i>")
    return text


def cell(blocks: list[Block], bullet: str, *, is_plain: bool) -> str:
    """A cell's blocks as HTML, or one paragraph as bare text. Lists are never closed."""
    if is_plain and [block.kind for block in blocks] == ["p"]:
        return marked(blocks[0].text)
    html, in_list = [], False
    for block in blocks:
        text = marked(block.text)
        if block.kind == "li" and not block.goes_on:
            html.append(f"{bullet} {text}" if in_list else f"{LIST} {bullet} {text}")
            in_list = True
        else:
            if block.kind == "file":
                html.append(IMAGE)
            html.append(f"<p>{text}</p>")
            in_list = False
    # A list at the end of a cell leaves a space behind.
    return " ".join(html) + (" " if in_list else "")


def numbering_that_broke(blocks: list[Block]) -> str:
    """The end of a list, whose first item lost its bullet, and whose last became a paragraph with a number."""
    first, last = blocks
    return f"{LIST} {first.text} <p>2. {last.text}</p>"


def line(row: Row, page: int) -> str:
    text, update = row.pages[page]
    owner, status = "", ""
    if page == 0:
        text = [Block("p", f"{row.printed}. {text[0].text}"), *text[1:]]
        owner, status = f"<u>{row.owner}</u>", row.status
        if row.id in OWNER_IN_HTML:
            owner = f"<p>{owner}</p>"
    is_plain = row.id not in IN_HTML
    words = cell(text, "•", is_plain=is_plain)
    if row.id == "21" and page == 1:
        words = numbering_that_broke(text)
    # Somebody left a full stop in a cell.
    done = "." if row.id == "3" else cell(update, "➤", is_plain=is_plain)
    return "\t".join([words, owner, done, row.rag, status])


def drawn(n: int) -> str:
    """A line of hyphens, of a width that means nothing."""
    widths = [3, 39, 2, 2, 2] if n == 0 else [2, 2 + 34 * (n == 3), 3, 2, 2]
    return "\t".join("-" * width for width in widths)


def text() -> str:
    plan = head()
    lines = ["", "", "", ""]
    for priority in plan["priorities"]:
        lines += [priority, "", "", ""]
    review = plan["review_date"]
    lines[-2:] = [
        plan["title"],
        "",
        f"Lead\t{plan['lead']}",
        f"Governance\t{plan['governance']}",
        f"Review Date\t{review.day} th {review:%B %Y}",
        "",
        "\t".join(f"<u>{name}</u>" for name in ["Recommendation", "Owner", "Update", "RAG", "Status"]),
    ]
    lines_drawn = 0
    for row in paged_rows():
        if row.id in BEGIN_A_PAGE:
            lines.append("")
        for page in range(len(row.pages)):
            if (row.id, page) in DRAWN:
                lines.append(drawn(lines_drawn))
                lines_drawn += 1
            if page > 0:
                lines.append("")
            if row.id == "10" and page == 1:
                lines.append(" ")
            lines.append(line(row, page))
    lines += ["", "RAG\tPOSITION"]
    lines += [f"{level['name'].upper()}\t{level['meaning']}" for level in plan["rag"]]
    lines += ["", "Status\tPOSITION", "-" * 15 + "\t" + "-" * 17, ""]
    lines += [f"{status['name']}\t{status['meaning']}" for status in plan["status"]]
    return "\n".join(lines)


def documents(_: dict[str, Document]) -> list[Document]:
    return [Document("seed.txt", lambda path: path.write_text(text(), "utf-8"), expected())]
