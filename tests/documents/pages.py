"""Where the pages of the document cut its rows: a sentence, a list or a cell goes on in a row of its own."""

from itertools import zip_longest

from plan import Block, Row, rows

# By id, the words that a page ends with in the text and in the update.
TEXT_ENDS = {
    "4": ["the police and their criminal"],
    "10": ["update it so that it:"],
    "11": ["so that the whole"],
    "12": ["a breached order, including by:"],
    "13": ["To this"],
    "14": ["in the force area;"],
    "20": ["make sure that:"],
    "21": ["fits with force priorities;"],
    "27": ["one collective response for all"],
}
UPDATE_ENDS = {
    "10": ["as well as the College"],
    "11": ["chair the boards."],
    "12": ["DASH/SDASH/Stalking Screening tool),"],
    "13": ["apply for a Stalking Protection Order."],
    "14": ["through Victim First."],
    "15": ["for the OPCC to pursue."],
    "18": ["actively working on this.", "digital forensic opportunities."],
    "20": ["and of what nature.", "to find any cyber stalking"],
    "25": ["without further talks with the CPS.", "prevent more offending."],
}

# Rows that begin a page, though the row before was whole.
BEGIN_A_PAGE = {"18", "25"}

# Pages (by id, and the page of the row) above which the program drew a line of hyphens.
DRAWN = {("18", 1), ("18", 2), ("20", 2), ("25", 1), ("25", 2)}


def cut(blocks: list[Block], ends: list[str]) -> list[list[Block]]:
    """The blocks of a cell, page by page."""
    pages, page = [], []
    ends = list(ends)
    for block in blocks:
        while ends and ends[0] in block.text:
            at = block.text.index(ends[0]) + len(ends[0])
            ends.pop(0)
            page.append(Block(block.kind, block.text[:at], block.goes_on))
            pages.append(page)
            page = []
            block = Block(block.kind, block.text[at:].lstrip(), goes_on=True)
        if block.text:
            page.append(block)
    assert not ends, f"no block has the words {ends[0]!r}, after which a page should end"
    return [*pages, page] if page else pages


def paged_rows() -> list[Row]:
    found = rows()
    for row in found:
        text = cut(row.text, TEXT_ENDS.get(row.id, []))
        update = cut(row.update, UPDATE_ENDS.get(row.id, []))
        row.pages = list(zip_longest(text, update, fillvalue=[]))
    return found
