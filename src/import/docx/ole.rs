//! The name of a file that was packed into an OLE compound file: `\u{1}Ole10Native`, as MS-OLEDS has it, in what
//! MS-CFB describes. Only as much of the latter is read as leads to the start of that one stream.

use super::objects::file_name;
use encoding_rs::WINDOWS_1252;

const SIGNATURE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const STREAM: &str = "\u{1}Ole10Native";
/// An entry of the directory takes so many bytes.
const ENTRY: usize = 128;
/// A smaller stream stands in the stream of the root, in sectors of [`SMALL`] bytes.
const CUTOFF: usize = 4096;
const SMALL: usize = 64;

/// The name that the packed file had. These are the first bytes of the compound file, or all of them.
pub(super) fn label(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let shift = number(bytes, 0x1E, 2)?;
    let sector =
        1_usize.checked_shl(u32::try_from(shift).ok()?).filter(|size| (512..=4096).contains(size))?;
    // The first sector comes after the header, which takes one itself.
    let place = |n: usize| n.checked_add(1)?.checked_mul(sector);
    let directory = place(number(bytes, 0x30, 4)?)?;
    let root = bytes.get(directory..)?;
    let entry = root.chunks_exact(ENTRY).find(|entry| name(entry).as_deref() == Some(STREAM))?;
    let (start, size) = (number(entry, 0x74, 4)?, number(entry, 0x78, 4)?);
    let at = if size < CUTOFF {
        place(number(root, 0x74, 4)?)?.checked_add(start.checked_mul(SMALL)?)?
    } else {
        place(start)?
    };
    // Its size, what kind it is, and the name.
    let native = bytes.get(at..)?;
    if number(native, 4, 2)? != 2 {
        return None;
    }
    let label = native.get(6..)?.split(|byte| *byte == 0).next()?;
    let (label, _) = WINDOWS_1252.decode_without_bom_handling(label);
    file_name(&label).filter(|name| name.len() <= 255 && !name.contains(char::is_control))
}

/// The name of an entry of the directory.
fn name(entry: &[u8]) -> Option<String> {
    let length = number(entry, 0x40, 2)?.checked_sub(2)?;
    let units: Vec<u16> = entry
        .get(..length.min(64))?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).ok()
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::docx::testing::Docx;

    /// A compound file with one small stream, as Word wraps a file of no kind that it knows.
    fn compound(stream: &[u8]) -> Vec<u8> {
        let mut file = vec![0; 512 * 5];
        let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        put(0x1E, &9_u16.to_le_bytes());
        put(0x20, &6_u16.to_le_bytes());
        put(0x30, &1_u32.to_le_bytes());
        let entries = [
            ("Root Entry", 5_u8, 2_u32, 512_u32),
            ("\u{1}Ole10Native", 2, 0, u32::try_from(stream.len()).expect("it is small")),
        ];
        for (n, (name, kind, start, size)) in entries.into_iter().enumerate() {
            let at = 1024 + n * 128;
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            put(at, &name);
            put(at + 0x40, &u16::try_from(name.len() + 2).expect("it is short").to_le_bytes());
            put(at + 0x42, &[kind]);
            put(at + 0x74, &start.to_le_bytes());
            put(at + 0x78, &size.to_le_bytes());
        }
        put(1536, stream);
        file
    }

    #[test]
    fn a_packaged_file_has_the_name_in_its_package() {
        let native = |label: &[u8]| [&[0, 1, 0, 0, 2, 0], label, b"\0C:\\Temp\\x.pdf\0\0\0\x03\0"].concat();
        let body = r#"<w:p><w:r><w:object><o:OLEObject ProgID="Package" r:id="bin"/></w:object></w:r></w:p>"#;
        let document = Docx::of(body)
            .related("bin", "oleObject", "embeddings/oleObject1.bin")
            .part("word/embeddings/oleObject1.bin", compound(&native(b"Minutes \x96 May.pdf")));
        insta::assert_snapshot!(document.read(), @r#"

        <Minutes – May.pdf>
        ! the embedded file "Minutes – May.pdf" is named, and not taken out
        "#);
        let path = compound(&native(b"C:\\Users\\a\\Letter.msg"));
        assert_eq!(label(&path).as_deref(), Some("Letter.msg"));
    }

    #[test]
    fn what_is_broken_has_no_name() {
        let whole = compound(b"\0\x01\0\0\x02\0Letter.msg\0");
        assert!(label(&whole).is_some());
        for broken in [&whole[..1540], &whole[..600], SIGNATURE, b"", &compound(b"\x01")] {
            assert_eq!(label(broken), None);
        }
        for at in 0..whole.len() {
            for byte in [0, 0x7F, 0xFF] {
                let mut odd = whole.clone();
                odd[at] = byte;
                let _ = label(&odd);
            }
        }
    }
}
