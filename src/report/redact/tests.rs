use super::*;
use proptest::prelude::*;

fn wanted(words: &[&str]) -> Wanted {
    Wanted::new(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).expect("words")
}

/// Whether a page is stopped that says this.
fn stopped(word: &str, page: &str) -> bool {
    !wanted(&[word]).look(&[], Written::Html(page), Written::Html("")).is_empty()
}

fn field(text: &str) -> Field {
    Field {
        plan: 0,
        recommendation: Some(0),
        path: Vec::new(),
        place: "7: text".to_owned(),
        is_marked: false,
        text: text.to_owned(),
    }
}

/// Whether a text of a plan stops its page.
fn said(word: &str, text: &str) -> bool {
    let found = wanted(&[word]).look(&[field(text)], Written::Html(""), Written::Html(""));
    found.iter().any(|found| found.place == Place::Field(0))
}

#[test]
fn a_word_is_found_however_it_is_written() {
    for page in [
        "project kestrel",
        "PROJECT KESTREL",
        "Project\n\t Kestrel",
        "Project&nbsp;Kestrel",
        "Project <b>Kes</b>trel",
        "<td>Project</td><td>Kestrel</td>",
        "Project&#32;&#x4b;estrel",
        "Project Kes&shy;trel",
        "Project Kes\u{200b}trel",
        "Project Kes\\u{200b}trel",
        "Project Kes\u{202e}\u{2066}trel",
        "Ｐｒｏｊｅｃｔ Ｋｅｓｔｒｅｌ",
        "𝐏𝐫𝐨𝐣𝐞𝐜𝐭 𝓚𝓮𝓼𝓽𝓻𝓮𝓵",
        "<p title='Project Kestrel'>",
        "<a href=\"https://example.org/project%20k%65strel\">",
        "see example.org/project%20k%65strel",
        "<a href=\"https://example.org/?q=project+kestrel\">",
        "<!-- Project Kestrel -->",
        "<script>var a = 'Project Kestrel'</script>",
        "Project Kestrel’s",
        "Project Késtrel",
        "Рrоjесt Kеstrеl",
    ] {
        assert!(stopped("Project Kestrel", page), "{page}");
        assert!(said("Project Kestrel", page), "{page}");
    }
    assert!(stopped("STRASSE", "Straße") && stopped("Straße", "strasse"));
    assert!(stopped("O'Neil", "O’Neil") && stopped("follow-up", "follow‑up"));
    assert!(stopped("ΟΔΟΣ", "οδος") && stopped("οδος", "ΟΔΟΣ"));
    assert!(!stopped("Project Kestrel", "<p>Project</p> of another bird, the kestrel"));
}

#[test]
fn an_initial_is_no_end_of_another_word() {
    for (word, page) in [
        ("R Green", "<td>Owner</td><td>Green</td>"),
        ("D Amber", "<option>Held</option><option>Amber</option>"),
        ("K Complete", "<td>On track</td><td>Complete</td>"),
        ("N Green", "Se\u{e1}n Green, Joaqu\u{ed}n Green"),
        ("\u{c9} Green", "Sophie Green"),
        (
            "\u{418} \u{41f}\u{435}\u{442}\u{440}\u{43e}\u{432}",
            "\u{426}\u{435}\u{43b}\u{438} \u{41f}\u{435}\u{442}\u{440}\u{43e}\u{432}",
        ),
    ] {
        assert!(!stopped(word, page), "{word}: {page}");
        let joined = word.replace(' ', "");
        for page in [
            format!("by {word}."),
            format!("by {joined}@force.example"),
            format!("by dci{joined}@force.example"),
            format!("by {}, then", word.replace(' ', ". ")),
            format!("DCI\u{200b}{word}"),
            format!("DCI\u{ad}{word}"),
            format!("DCI\\u{{200b}}{word}"),
            format!("DCI\u{d7}{word}"),
            format!("DCI&#8203;{word}"),
            format!("DCI\u{200b}{joined}"),
            format!("\u{7531}{word}\u{8ca0}\u{8cac}"),
            format!("\u{648}{word}"),
            format!("\u{b9}{word}"),
            format!("2{word}"),
        ] {
            assert!(stopped(word, &page) && said(word, &page), "{word}: {page}");
        }
    }
    assert!(stopped("J R Hartley", "j.r.hartley") && stopped("J R Hartley", "JRHartley"));
    // What no space sets off is no initial, and nor is what stands last.
    for (word, page) in [
        ("Hammond", "Ha\u{20a5}\u{20a5}ond"),
        ("Thomas", "Tho\u{1d6f}as"),
        ("Imran", "\u{a4f2}mran"),
        ("Imran", "\u{1c0}mran"),
        ("Kestrel", "Kestre\u{1c0}"),
        ("Miriam", "\u{a4df}\u{a4f2}\u{a4e3}\u{a4f2}\u{a4ee}\u{a4df}"),
        ("Ali", "A\u{a4e1}\u{a4f2}"),
        ("O'Donnell", "sodonnell@force.example"),
        ("O'Donnell", "PatODonnell"),
        ("D'Angelo", "mdangelo"),
        ("iTrace", "theitrace"),
        ("A. Fairweather", "jafairweather@force.example"),
        ("Kestrel 2", "kestrel24"),
        ("Op Hawthorn 3", "ophawthorn3b"),
        ("signaller B", "signaller B\u{200b}of"),
        ("signaller B", "signaller B×"),
        ("王 小明", "由王小明負責"),
    ] {
        assert!(stopped(word, page) && said(word, page), "{word}: {page}");
    }
}

#[test]
fn parts_of_a_word_are_found_however_they_are_joined() {
    for joint in [
        "",
        "-",
        "_",
        ".",
        "/",
        " ",
        "  ",
        " - ",
        "\n",
        "\u{200b}",
        "\u{200c}",
        "\u{2060}",
        "\u{ad}",
        "\u{3164}",
        "\u{2800}",
        "&#8203;",
        "&shy;",
        "&ZeroWidthSpace;",
        "%20",
        "+",
        "·",
        "…",
        "'",
        "<br>",
        "<!-- x -->",
        "**",
        "\\u{200b}",
    ] {
        for (word, first, second) in [
            ("Op Hawthorn", "Op", "Hawthorn"),
            ("Vulcan House", "vulcan", "house"),
            ("OpHawthorn", "op", "HAWTHORN"),
        ] {
            let text = format!("in {first}{joint}{second}, or so");
            assert!(said(word, &text), "{word}: {text}");
        }
    }
    assert!(said("DS Miller", "D.S. Miller") && said("D.S. Miller", "DS Miller") && said("O'Neil", "O Neil"));
    assert!(said("Op Hawthorn", "[x](http://intranet.local/op-hawthorn)"));
    assert!(said("B12", "Ward B-12") && said("Op Hawthorn", "#TheOpHawthornTeam"));
    // Few letters are a word by themselves, or are none.
    assert!(said("Mr A", "a Mr. A. said") && !said("Mr A", "from range") && !said("A B", "a table"));
}

#[test]
fn one_word_is_not_made_of_two() {
    for page in [
        "<option>wall</option><option>Not rated</option>",
        "<td>wall</td><td>not</td>",
        "<p>wall</p><p>not</p>",
        "wall not",
        "wall-not",
    ] {
        assert!(!stopped("wallnot", page), "{page}");
    }
    assert!(stopped("wallnot", "<b>wall</b><i>not</i>") && said("wallnot", "wall<x-y>not"));
}

#[test]
fn markup_in_a_text_hides_nothing() {
    for text in [
        "Project <b>Kes</b>trel",
        "Kes<!-- x -->trel",
        "Pro~~je~~ct Kes~~tr~~el",
        "**Kes**trel",
        "Kes*tr*el",
        "[Kes](x)trel",
        "<x-y title='kestrel'>",
        "[a](https://e.org/K%65strel)",
        "[a](https://e.org 'Kestrel')",
        "[a](https://e.org/&#75;estrel)",
        "![a](kestr&#101;l.png)",
        "Kes\\\ntrel Kes&#116;rel",
        "```kestrel\n```",
        "Kes%74rel",
        "Kes%2574rel",
        "Kes&amp;#116;rel",
        "Kes&lt;b&gt;trel",
    ] {
        assert!(said("Kestrel", text), "{text}");
    }
}

#[test]
fn a_word_of_nothing_cannot_be_looked_for() {
    assert!(Wanted::new(&[" \u{200b}".to_owned()]).is_none());
    assert!(Wanted::new(&["a".to_owned(), "\u{301}".to_owned()]).is_none());
    assert!(Wanted::new(&[]).expect("none").is_empty());
}

#[test]
fn a_field_is_read_as_its_readers_see_it() {
    for text in ["signaller **B**", "signal*ler* B", "signaller\nB", "[signaller](x) B", "signaller\\\nB"] {
        assert!(said("signaller B", text), "{text}");
    }
}

#[test]
fn every_field_that_holds_a_word_is_named() {
    let fields = [field("Smith"), field("[x](https://e.org/Sm%69th)"), field("Jones"), field("smithy")];
    let found = wanted(&["Smith"]).look(&fields, Written::Html("Smith"), Written::Html(""));
    let places: Vec<&Place> = found.iter().map(|found| &found.place).collect();
    assert_eq!(places, [&Place::Field(0), &Place::Field(1), &Place::Field(3)]);
}

#[test]
fn what_a_page_says_without_any_plan_is_its_own() {
    let page = |title: &str| format!("<h1 class=\"bell\">{title}</h1><p>As of 28 May 2025</p><th>Main</th>");
    let own = page("\u{fdd0}");
    for word in ["May", "Main", "Bell"] {
        let found =
            |title: &str| wanted(&[word]).look(&[], Written::Html(&page(title)), Written::Html(&own)).len();
        assert_eq!(found("A plan"), 0, "{word}");
        assert_eq!(found(&format!("A plan of {word}")), 1, "{word}");
    }
    // What is made of two texts is in neither, and in the page all the same.
    let found = wanted(&["Op Elm"]).look(
        &[field("Op"), field("Elm")],
        Written::Html("<td>Op</td><td>Elm</td>"),
        Written::Html("<td>\u{fdd0}</td><td>\u{fdd1}</td>"),
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, Place::Page("op elm".to_owned()));
    // What stands in the place of texts joins nothing.
    assert_eq!(
        wanted(&["part of"]).look(&[], Written::Html("part of"), Written::Html("part \u{fdd0} of")).len(),
        1
    );
}

#[test]
fn a_paper_is_read_as_whoever_shows_it_would() {
    let found = |word: &str, paper: &str| {
        wanted(&[word]).look(&[], Written::Markdown(paper), Written::Markdown("")).len()
    };
    assert_eq!(found("Kestrel", "Kes**tr**el"), 1);
    assert_eq!(found("Kestrel", "| Kestr\\_el |"), 0);
    assert_eq!(found("a_b", "a\\_b"), 1);
    assert_eq!(found("Ali", "| a |\n|---:|\n| b |"), 0);
}

/// A word as somebody may write it who would not have it found, and may not know it.
fn disguised() -> impl Strategy<Value = String> {
    let letter = |c: char| {
        let mut forms = vec![c.to_string(), c.to_ascii_uppercase().to_string()];
        forms.push(format!("&#{};", u32::from(c)));
        forms.push(format!("&#x{:x};", u32::from(c.to_ascii_uppercase())));
        forms.push(format!("%{:02x}", u32::from(c)));
        forms.push(format!("{c}\u{301}"));
        forms.push(format!("{c}\u{336}"));
        forms.extend(char::from_u32(u32::from(c) - 0x20 + 0xff00).map(String::from));
        forms.extend(char::from_u32(u32::from(c) - 0x61 + 0x24d0).map(String::from));
        let like = match c {
            'a' => "аΑᴀá",
            'e' => "еΕᴇé",
            'o' => "оοОΟᴏø",
            'p' => "рРρΡᴘ",
            'h' => "НΗʜ",
            't' => "ТΤтᴛ",
            'r' => "ʀŕ",
            'n' => "Νɴñ",
            _ => "",
        };
        forms.extend(like.chars().map(String::from));
        proptest::sample::select(forms)
    };
    let within = || {
        proptest::sample::select(vec![
            "",
            "",
            "",
            "",
            "\u{200b}",
            "\u{ad}",
            "\u{202e}",
            "\u{fe0f}",
            "\u{3164}",
            "&#8203;",
            "&shy;",
            "<b>",
            "</i>",
            "<!-- -->",
            "<x-y>",
            "\\u{2066}",
        ])
    };
    let joint = proptest::sample::select(vec![
        "", " ", "-", "_", ".", "/", "\u{a0}", "\u{2800}", "%20", "+", "&nbsp;", "\n", "**", "—",
    ]);
    let part = move |letters: &'static str| {
        letters.chars().map(|c| (letter(c), within())).collect::<Vec<_>>().prop_map(|letters| {
            letters.into_iter().map(|(letter, within)| letter + within).collect::<String>()
        })
    };
    (part("op"), joint, part("hathorn")).prop_map(|(first, joint, second)| first + joint + &second)
}

proptest! {
    /// What hides a word from the eye of a program does not hide it from this.
    #[test]
    fn no_disguise_hides_a_word(word in disguised(), before in "[a-z ,]{0,8}", after in "[a-z ,]{0,8}") {
        prop_assert!(said("Op Hathorn", &format!("{before} {word} {after}")), "{}", word);
    }

    /// Nor in a page, where it is a text and no markup of the page.
    #[test]
    fn no_element_hides_a_word(
        hidden in proptest::collection::vec(proptest::sample::select(vec![
            "", "\u{200b}", "\u{ad}", "\u{202e}", "<b>", "</i>", "<span class=x>", "\\u{2066}", "&zwj;", "\u{fe0f}",
        ]), 7),
        upper in any::<u8>(),
    ) {
        let letters = "kestrel".chars().enumerate();
        let page: String = letters
            .flat_map(|(n, c)| {
                let c = if upper & (1 << n) == 0 { c.to_ascii_uppercase() } else { c };
                [hidden[n].to_owned(), c.to_string()]
            })
            .collect();
        prop_assert!(stopped("Kestrel", &page), "{}", page);
    }

    #[test]
    fn no_text_is_too_much(text in ".{0,40}", word in ".{1,6}") {
        if let Some(wanted) = Wanted::new(&[word]) {
            let _ = wanted.look(&[field(&text)], Written::Markdown(&text), Written::Html(&text));
        }
    }
}
