"""An invented plan of quite another layout than the seed's: a table for each owner, statuses at two dates."""

from dataclasses import dataclass, field

TITLE = "Kelder Reservoir Inquiry: progress against the recommendations"
LEAD = "Head of Dam Safety"
GOVERNANCE = "Dam Safety Board"
REVIEW = "30 June 2023"
DATES = {"30-Jun-22": "2022-06-30", "31-Dec-22": "2022-12-31"}
STATUSES = [
    ("Not started", "The recommendation is accepted, and nothing has been done yet."),
    ("In progress", "Work has begun and is not finished."),
    ("Delivered", "The owner has done all that was asked."),
    ("Withdrawn", "The owner no longer means to do it, and has said why."),
]


@dataclass
class Item:
    number: int
    theme: str
    # Paragraphs; "- " begins an item, "-- " one within it.
    text: list[str]
    due: str
    june: str
    december: str
    comment: list[str]
    # What an import must make of `due`; see README.md for `sure`.
    deadline: dict
    evidence: list[str] = field(default_factory=list)


def date(day: str | None, wording: str | None = None, *, sure: bool = True) -> dict:
    return {"date": day, "wording": wording} | ({} if sure else {"sure": False})


# By the heading above each table: the owners, and what they answer for.
SECTIONS = {
    "Tarn Valley Water": (
        ["Tarn Valley Water"],
        [
            Item(
                1,
                "Inspection",
                ["Inspect both valve towers at Kelder Reservoir by diver, and repair what the survey found."],
                "31/03/2023",
                "Not started",
                "In progress",
                ["The contractor was appointed in September.", "Tower A is inspected; Tower B follows in the spring."],
                date("2023-03-31"),
            ),
            Item(
                2,
                "Inspection",
                [
                    "Replace the seepage gauges along the foot of the dam:",
                    "- at the toe drain:",
                    "-- above the weir;",
                    "-- below the weir;",
                    "- in the relief wells.",
                ],
                "By the end of June 2023",
                "In progress",
                "In progress",
                ["Gauges are on order: see the gauge programme."],
                date("2023-06-30", "By the end of June 2023"),
            ),
            Item(
                3,
                "Warning",
                ["Sound the sirens once a quarter, and publish the day beforehand."],
                "31 December 2022",
                "In progress",
                "Delivered",
                ["All nine sirens were heard in each test."],
                date("2022-12-31"),
                ["Microsoft_Excel_Worksheet1.xlsx"],
            ),
            Item(
                4,
                "Warning",
                [
                    "Tell every household below the dam, in writing, what to do when a siren sounds.",
                    "Tell them again every second year.",
                ],
                "Q2 2023",
                "Not started",
                "Not started",
                [],
                date("2023-06-30", "Q2 2023", sure=False),
            ),
        ],
    ),
    "Kelder County Council": (
        ["Kelder County Council"],
        [
            Item(
                5,
                "Planning",
                [
                    "Rewrite the plan for a sudden release of water, so that it says:",
                    "- who decides to evacuate;",
                    "- where people go, by day and by night.",
                ],
                "28 February 2023; 31 August 2023",
                "In progress",
                "In progress",
                ["The first part was agreed in November."],
                date(None),
            ),
            Item(
                6,
                "Planning",
                ["Exercise the plan together with the water company."],
                "Within 12 months of publication",
                "Not started",
                "Not started",
                ["-"],
                date(None, "Within 12 months of publication"),
            ),
            Item(
                7,
                "Roads",
                ["Raise the road to the rest centre above the level of the flood."],
                "March 25 earliest",
                "In progress",
                "Withdrawn",
                ["Another rest centre was found on higher ground, so that the road no longer matters."],
                date("2025-03-31", "March 25 earliest", sure=False),
            ),
        ],
    ),
    "Office for Dam Safety and Tarn Valley Water": (
        ["Office for Dam Safety", "Tarn Valley Water"],
        [
            Item(
                8,
                "Regulation",
                ["Publish the result of each yearly inspection within a month of it."],
                "From the 2023 inspection onwards",
                "Not started",
                "In progress",
                ["The form of the publication is agreed. Inspections so far:", "2021", "one", "2022", "two"],
                date(None, "From the 2023 inspection onwards"),
            ),
            Item(
                9,
                "Regulation",
                ["Keep one register of dams that both bodies write in."],
                "30/09/2022",
                "In progress",
                "Delivered",
                ["The register opened on 12 September 2022."],
                date("2022-09-30"),
            ),
            Item(10, "Research", ["Find out how far sirens are heard in snow."], "", "Not started", "", [], date(None)),
        ],
    ),
}

# The recommendation with two dates.
MILESTONES = {5: [date("2023-02-28"), date("2023-08-31")]}
# What stands at the foot of the page, and where a link leads.
FOOTNOTE = (2, "One gauge is out of reach and stays as it is.")
LINK = (2, "gauge programme", "https://kelder.example.org/gauges")
# What was changed with changes tracked: the words that went, and those that came.
CHANGED = (1, "August", "September")


def words(text: str) -> str:
    return text.lstrip("- ") if text.startswith("-") and len(text) > 1 else text


def facts(*, is_word: bool) -> list[dict]:
    found = []
    for owners, items in SECTIONS.values():
        for item in items:
            comment = [line for line in item.comment if line != "-"]
            note = [f"[1] {FOOTNOTE[1]}"] if is_word and item.number == FOOTNOTE[0] else []
            statuses = zip(DATES.values(), [item.june, item.december])
            has_deadline = item.due and item.number not in MILESTONES
            found.append(
                {
                    "id": str(item.number),
                    "printed": str(item.number),
                    "owners": owners,
                    "theme": item.theme,
                    "deadline": item.deadline if has_deadline else None,
                    "milestones": MILESTONES.get(item.number, []),
                    "rag": None,
                    "status": item.december or item.june,
                    "dated_statuses": [{"date": day, "status": status} for day, status in statuses if status],
                    "text_paragraphs": sum(not line.startswith("-") for line in item.text),
                    "text_bullets": sum(line.startswith("-") for line in item.text),
                    "update_paragraphs": len(comment) + len(note),
                    "update_bullets": 0,
                    "evidence": item.evidence if is_word else [],
                    "text": [words(line) for line in item.text],
                    "updates": comment + note,
                }
            )
    return found


def expected(*, is_word: bool) -> dict:
    review = {"title": TITLE, "lead": LEAD, "governance": GOVERNANCE, "review_date": "2023-06-30"}
    return {
        "number_by": None,
        "plan": (review if is_word else {"title": TITLE}) | {"status": [list(pair) for pair in STATUSES]},
        "rows": facts(is_word=is_word),
    }
