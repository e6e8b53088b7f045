//! `laconic-engine inspect`: what the dynamic linker will see of a library.

use std::path::Path;

use object::Endianness;
use object::elf;
use object::read::elf::{Dyn, ElfFile64, FileHeader, ProgramHeader, Sym};
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
    needed: Vec<String>,
    /// Whether it asks for an executable stack.
    exec_stack: bool,
    relro: bool,
    bind_now: bool,
    /// What the loader writes before the library runs.
    relocations: Relocations,
    size: usize,
}

#[derive(Debug, Default, Serialize)]
pub struct Relocations {
    /// Addresses of the library itself: an addition each.
    relative: u64,
    /// Addresses of others' symbols: a look-up each.
    symbolic: u64,
}

/// Prints the inspection of `library`.
pub fn run(library: &Path) -> Result<(), ToolError> {
    let bytes = read(library)?;
    let refused = |why: String| {
        ToolError::new(
            "LAC4007",
            format!("{} is not a 64-bit ELF shared library: {why}.", library.display()),
            "Rebuild the app with `laconic build`.",
        )
    };
    let inspection = inspect(&bytes).map_err(|error| refused(error.to_string()))?;
    println!("{}", serde_json::to_string(&inspection).map_err(|error| refused(error.to_string()))?);
    Ok(())
}

fn inspect(bytes: &[u8]) -> object::Result<Inspection> {
    let file = ElfFile64::<Endianness>::parse(bytes)?;
    let mut inspection = Inspection {
        machine: machine(file.elf_header().e_machine(file.endian())),
        size: bytes.len(),
        glibc: highest_glibc(&file)?,
        exports: exports(&file)?,
        ..Inspection::default()
    };
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

/// Compares versions as numbers: 2.9 is below 2.34.
fn highest_glibc(file: &ElfFile64<'_>) -> object::Result<Option<String>> {
    let endian = file.endian();
    let sections = file.elf_section_table();
    let mut highest: Option<Vec<u32>> = None;
    if let Some((mut needs, link)) = sections.gnu_verneed(endian, file.data())? {
        let strings = sections.strings(endian, file.data(), link)?;
        while let Some((_, mut versions)) = needs.next()? {
            while let Some(version) = versions.next()? {
                let name = String::from_utf8_lossy(version.name(endian, strings)?);
                let Some(number) = name.strip_prefix("GLIBC_") else { continue };
                let number: Vec<u32> = number.split('.').map_while(|part| part.parse().ok()).collect();
                highest = highest.max(Some(number));
            }
        }
    }
    Ok(highest.map(|number| number.iter().map(u32::to_string).collect::<Vec<_>>().join(".")))
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
