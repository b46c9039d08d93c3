//! A report as PDF on two A4 pages, in black and grey, with the fonts that every reader has.
//! It must not take a third page: what does not fit is cut, and says so.

mod first;
mod heat;
mod page;
mod second;
mod table;
mod text;

use super::words::day;
use page::{BOLD, BOTTOM, HEIGHT, Look, MARGIN, Page, REGULAR, ROOM, WIDTH};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, TextStr};
use shared::api::ShadowReport;
use text::Face;

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONTS: [(Ref, Name<'static>, &[u8]); 2] =
    [(Ref::new(4), REGULAR, b"Helvetica"), (Ref::new(5), BOLD, b"Helvetica-Bold")];
const PAGES: [(Ref, Ref); 2] = [(Ref::new(6), Ref::new(7)), (Ref::new(8), Ref::new(9))];

const HEADING: Look = Look::new(Face::Bold, 10.5);
const SMALL: Look = Look::new(Face::Regular, 8.0);
const SMALL_BOLD: Look = Look::new(Face::Bold, 8.0);

/// The report as a file. The same report gives the same bytes.
pub fn to_pdf(report: &ShadowReport) -> Vec<u8> {
    let contents = [first::page(report), second::page(report)];
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(TREE).lang(TextStr("en"));
    pdf.pages(TREE).kids(PAGES.iter().map(|(page, _)| *page)).count(2);
    let title = format!("Shadow platform report, {}", day(&report.at));
    pdf.document_info(INFO).title(TextStr(&title)).producer(TextStr("Waymark"));
    for (font, _, name) in FONTS {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for ((page_id, content_id), (number, mut content)) in PAGES.into_iter().zip((1..).zip(contents)) {
        footer(&mut content, report, number);
        let mut page = pdf.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(TREE).contents(content_id);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        FONTS.iter().for_each(|(font, name, _)| {
            fonts.pair(*name, *font);
        });
        fonts.finish();
        resources.finish();
        page.finish();
        pdf.stream(content_id, &content.finish());
    }
    pdf.finish()
}

/// What a printed page must say of itself, so that it can be found again and checked.
fn footer(page: &mut Page, report: &ShadowReport, number: usize) {
    let look = Look::new(Face::Regular, 6.5).grey(0.35);
    page.rule(BOTTOM + 8.0, 0.7);
    let y = BOTTOM + 18.0;
    page.text(&super::markdown::footer(report), look, (MARGIN, y), ROOM - 60.0);
    page.right(&format!("Page {number} of 2"), look, (WIDTH - MARGIN, y), 60.0);
}

/// A heading of a part of the page.
fn heading(page: &mut Page, text: &str) {
    page.y += 12.0;
    page.paragraph(text, HEADING, (MARGIN, ROOM), 1);
    page.y += 3.0;
}

/// What is left out at the end of a list.
fn more(page: &mut Page, n: usize) {
    if n > 0 {
        page.paragraph(&format!("+{n} more"), SMALL.grey(0.35), (MARGIN, ROOM), 1);
    }
}
