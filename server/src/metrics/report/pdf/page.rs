//! One printed page: text, rules and grey boxes, placed from the top.
//! It must not know what a report is.
use super::text::{Face, encoded, fitted, width, wrapped};
use pdf_writer::{Content, Name, Str};

/// A4. Points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
/// White around everything.
pub(super) const MARGIN: f32 = 42.0;
/// What is left between the margins.
pub(super) const ROOM: f32 = WIDTH - 2.0 * MARGIN;
/// Nothing but the footer lies below.
pub(super) const BOTTOM: f32 = HEIGHT - 46.0;

/// Names of the fonts in the page's resources.
pub(super) const REGULAR: Name<'static> = Name(b"F1");
pub(super) const BOLD: Name<'static> = Name(b"F2");

/// How text looks: its font, its size in points and how dark it is (0 black, 1 white).
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) grey: f32,
}

impl Look {
    pub(super) const fn new(face: Face, size: f32) -> Self {
        Self { face, size, grey: 0.0 }
    }

    pub(super) const fn grey(self, grey: f32) -> Self {
        Self { grey, ..self }
    }

    fn pair(self) -> (Face, f32) {
        (self.face, self.size)
    }
}

/// A page under way. `y` runs downwards from the upper edge.
pub(super) struct Page {
    content: Content,
    pub(super) y: f32,
}

impl Page {
    pub(super) fn new() -> Self {
        Self { content: Content::new(), y: MARGIN }
    }

    /// What is left above the footer.
    pub(super) fn left(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Text with its baseline at `y`, cut to `room`.
    pub(super) fn text(&mut self, text: &str, look: Look, (x, y): (f32, f32), room: f32) {
        let bytes = fitted(text, look.pair(), room);
        self.show(&bytes, look, [1.0, 0.0, 0.0, 1.0, x, HEIGHT - y]);
    }

    /// Text that is made smaller, down to 8 points, before it is cut to `room`.
    pub(super) fn shrunk(&mut self, text: &str, mut look: Look, at: (f32, f32), room: f32) {
        while look.size > 8.0 && width(&encoded(text), look.face, look.size) > room {
            look.size -= 0.5;
        }
        self.text(text, look, at, room);
    }

    /// Text that ends at `x`.
    pub(super) fn right(&mut self, text: &str, look: Look, (x, y): (f32, f32), room: f32) {
        let bytes = fitted(text, look.pair(), room);
        let start = x - width(&bytes, look.face, look.size);
        self.show(&bytes, look, [1.0, 0.0, 0.0, 1.0, start, HEIGHT - y]);
    }

    /// Text around `x`.
    pub(super) fn centred(&mut self, text: &str, look: Look, (x, y): (f32, f32)) {
        let start = x - width(&encoded(text), look.face, look.size) / 2.0;
        self.show(&encoded(text), look, [1.0, 0.0, 0.0, 1.0, start, HEIGHT - y]);
    }

    /// Text that runs upwards from (x, y), a little aslant, so that narrow columns have readable headings.
    pub(super) fn aslant(&mut self, text: &str, look: Look, (x, y): (f32, f32), room: f32) {
        const ANGLE: f32 = 55.0;
        let (sin, cos) = ANGLE.to_radians().sin_cos();
        let bytes = fitted(text, look.pair(), room);
        self.show(&bytes, look, [cos, sin, -sin, cos, x, HEIGHT - y]);
    }

    fn show(&mut self, bytes: &[u8], look: Look, matrix: [f32; 6]) {
        let font = if look.face == Face::Bold { BOLD } else { REGULAR };
        self.content.set_fill_gray(look.grey);
        self.content.begin_text().set_font(font, look.size).set_text_matrix(matrix).show(Str(bytes)).end_text();
    }

    /// Lines from `y` on, at most `max`; `y` moves below them. Stops above the footer.
    pub(super) fn paragraph(&mut self, text: &str, look: Look, (x, room): (f32, f32), max: usize) {
        let leading = look.size * 1.28;
        let fit = ((self.left() / leading).floor().max(0.0)) as usize;
        for line in wrapped(text, look.pair(), room, max.min(fit)) {
            self.y += leading;
            self.show(&line, look, [1.0, 0.0, 0.0, 1.0, x, HEIGHT - (self.y - look.size * 0.28)]);
        }
    }

    /// How many lines a text takes.
    pub(super) fn lines(text: &str, look: Look, room: f32, max: usize) -> usize {
        wrapped(text, look.pair(), room, max).len()
    }

    /// A box filled with grey; (x, y) is its upper left corner.
    pub(super) fn filled(&mut self, (x, y): (f32, f32), (wide, high): (f32, f32), grey: f32) {
        self.content.set_fill_gray(grey);
        self.content.rect(x, HEIGHT - y - high, wide, high).fill_nonzero();
    }

    /// A line across, `grey` dark.
    pub(super) fn rule(&mut self, y: f32, grey: f32) {
        self.content.set_stroke_gray(grey).set_line_width(0.5);
        self.content.move_to(MARGIN, HEIGHT - y).line_to(WIDTH - MARGIN, HEIGHT - y).stroke();
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.content.finish().into_vec()
    }
}
