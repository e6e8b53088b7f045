//! `laconic-engine inspect`: what the dynamic linker will see of a library.

use std::path::Path;

use object::Endianness;
use object::elf;
use object::read::elf::{Dyn, ElfFile64, FileHeader, ProgramHeader, Sym};
use object::{Object, ObjectSection, SectionFlags};
use serde::Serialize;

use crate::error::ToolError;
use crate::read;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    machine: String,
    soname: Option<String>,
    /// Names of the symbols that others can bind to.
    exports: Vec<String>,
    /// Highest GLIBC_x.y that a symbol asks for; `None` when none does.
    glibc: Option<String>,
    /// Symbols that others must define in a version of glibc.
    imports: Vec<Import>,
    needed: Vec<String>,
    /// Whether it asks for an executable stack.
    exec_stack: bool,
    relro: bool,
    bind_now: bool,
    /// Sections that are writable and executable.
    writable_code: Vec<String>,
    /// Where a folder that was asked for is named.
    paths: Vec<FoundPath>,
    /// What the loader writes before the library runs.
    relocations: Relocations,
    size: usize,
}

#[derive(Debug, Default, Serialize)]
struct Relocations {
    /// Addresses of the library itself: an addition each.
    relative: u64,
    /// Addresses of others' symbols: a look-up each.
    symbolic: u64,
}

#[derive(Debug, Serialize)]
struct Import {
    name: String,
    /// For example `2.34`.
    glibc: String,
}

#[derive(Debug, Serialize)]
struct FoundPath {
    section: String,
    text: String,
}

/// Prints the inspection of `library`, which must not name the `folders`.
pub fn run(library: &Path, folders: &[String]) -> Result<(), ToolError> {
    let bytes = read(library)?;
    let refused = |why: String| {
        ToolError::new(
            "LAC4007",
            format!("{} is not a 64-bit ELF shared library: {why}.", library.display()),
            "Rebuild the app with `npx @laconic/cli build`.",
        )
    };
    let inspection = inspect(&bytes, folders).map_err(|error| refused(error.to_string()))?;
    println!("{}", serde_json::to_string(&inspection).map_err(|error| refused(error.to_string()))?);
    Ok(())
}

fn inspect(bytes: &[u8], folders: &[String]) -> object::Result<Inspection> {
    let file = ElfFile64::<Endianness>::parse(bytes)?;
    let mut inspection = Inspection {
        machine: machine(file.elf_header().e_machine(file.endian())),
        size: bytes.len(),
        exports: exports(&file)?,
        imports: imports(&file)?,
        ..Inspection::default()
    };
    let newest = inspection.imports.iter().max_by_key(|import| numbers(&import.glibc));
    inspection.glibc = newest.map(|import| import.glibc.clone());
    sections(&file, folders, &mut inspection)?;
    segments(&file, bytes, &mut inspection);
    dynamic(&file, bytes, &mut inspection)?;
    Ok(inspection)
}

fn machine(machine: u16) -> String {
    match machine {
        elf::EM_X86_64 => "x86_64".into(),
        elf::EM_AARCH64 => "aarch64".into(),
        other => format!("{other}"),
    }
}

fn exports(file: &ElfFile64<'_>) -> object::Result<Vec<String>> {
    let endian = file.endian();
    let symbols = file.elf_dynamic_symbol_table();
    let mut names = Vec::new();
    for symbol in symbols.iter() {
        let bound = matches!(symbol.st_bind(), elf::STB_GLOBAL | elf::STB_WEAK | elf::STB_GNU_UNIQUE);
        if bound && symbol.st_shndx(endian) != elf::SHN_UNDEF {
            names.push(String::from_utf8_lossy(symbol.name(endian, symbols.strings())?).into_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn imports(file: &ElfFile64<'_>) -> object::Result<Vec<Import>> {
    let endian = file.endian();
    let symbols = file.elf_dynamic_symbol_table();
    let Some(versions) = file.elf_section_table().versions(endian, file.data())? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (index, symbol) in symbols.enumerate() {
        if symbol.st_shndx(endian) != elf::SHN_UNDEF {
            continue;
        }
        let Some(version) = versions.version(versions.version_index(endian, index))? else { continue };
        let version = String::from_utf8_lossy(version.name());
        if let Some(glibc) = version.strip_prefix("GLIBC_") {
            let name = String::from_utf8_lossy(symbol.name(endian, symbols.strings())?).into_owned();
            found.push(Import { name, glibc: glibc.to_owned() });
        }
    }
    Ok(found)
}

/// Versions compare as numbers: 2.9 is below 2.34.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}

/// What only the sections tell: code that can be written over, and text that names a folder.
fn sections(file: &ElfFile64<'_>, folders: &[String], inspection: &mut Inspection) -> object::Result<()> {
    let both = u64::from(elf::SHF_WRITE | elf::SHF_EXECINSTR);
    for section in file.sections() {
        let name = section.name()?;
        if let SectionFlags::Elf { sh_flags } = section.flags()
            && sh_flags & both == both
        {
            inspection.writable_code.push(name.to_owned());
        }
        let bytes = section.data()?;
        for folder in folders {
            if let Some(at) = memchr::memmem::find(bytes, folder.as_bytes()) {
                inspection.paths.push(FoundPath { section: name.to_owned(), text: text_at(bytes, at) });
            }
        }
    }
    Ok(())
}

/// The printable text that starts at `at`, as long as a line of an error may be.
fn text_at(bytes: &[u8], at: usize) -> String {
    let printable = bytes[at..].iter().take(200).take_while(|byte| (0x20..0x7f).contains(*byte));
    String::from_utf8_lossy(&printable.copied().collect::<Vec<_>>()).into_owned()
}

fn segments(file: &ElfFile64<'_>, _: &[u8], inspection: &mut Inspection) {
    let endian = file.endian();
    // Without the segment the system assumes the worst.
    inspection.exec_stack = true;
    for segment in file.elf_program_headers() {
        match segment.p_type(endian) {
            elf::PT_GNU_STACK => inspection.exec_stack = segment.p_flags(endian) & elf::PF_X != 0,
            elf::PT_GNU_RELRO => inspection.relro = true,
            _ => {}
        }
    }
}

fn dynamic(file: &ElfFile64<'_>, bytes: &[u8], inspection: &mut Inspection) -> object::Result<()> {
    let endian = file.endian();
    let sections = file.elf_section_table();
    let Some((entries, link)) = sections.dynamic(endian, bytes)? else { return Ok(()) };
    let strings = sections.strings(endian, bytes, link)?;
    let text = |entry: &elf::Dyn64<Endianness>| {
        entry.string(endian, strings).map(|name| String::from_utf8_lossy(name).into_owned())
    };
    let mut bytes_of_records = 0;
    for entry in entries {
        let value = entry.d_val(endian);
        match entry.d_tag(endian) as u32 {
            elf::DT_NEEDED => inspection.needed.push(text(entry)?),
            elf::DT_SONAME => inspection.soname = Some(text(entry)?),
            elf::DT_BIND_NOW => inspection.bind_now = true,
            elf::DT_RELACOUNT => inspection.relocations.relative = value,
            elf::DT_RELASZ | elf::DT_PLTRELSZ => bytes_of_records += value,
            elf::DT_FLAGS => inspection.bind_now |= value & u64::from(elf::DF_BIND_NOW) != 0,
            elf::DT_FLAGS_1 => inspection.bind_now |= value & u64::from(elf::DF_1_NOW) != 0,
            _ => {}
        }
    }
    let records = bytes_of_records / size_of::<elf::Rela64<Endianness>>() as u64;
    inspection.relocations.symbolic = records.saturating_sub(inspection.relocations.relative);
    Ok(())
}
