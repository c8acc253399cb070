//! True colour to at most 256 colours, the same ones in every process.

use crate::theme::Rgb;

/// What a palette can hold.
const COLORS_MAX: usize = 256;
/// Half of it by frequency; the rest goes to what would otherwise look wrong: thin edges, gradients, emoji.
const FREQUENT_MAX: usize = 128;

/// One byte per pixel and the colours they mean.
pub(crate) struct Indexed {
    pub palette: Vec<Rgb>,
    pub pixels: Vec<u8>,
    /// Peak signal-to-noise ratio against the original in decibels; infinite where no colour changed.
    pub psnr_db: f64,
}

/// Equal pixels beside each other.
#[derive(Clone, Copy)]
struct Stretch {
    color: u32,
    length: u32,
}

/// Reduces `rgba` pixels, `width` to a row; alpha is not looked at. `width` must not be 0.
pub(crate) fn reduce(rgba: &[u8], width: usize) -> Indexed {
    let (rows, stretches) = stretches(rgba, width);
    let mut counts = Counts::new();
    for (row, range) in rows.iter().enumerate() {
        // A row like the one before it shares its stretches, and counts all the same.
        let range = if range.is_empty() {
            rows[..row].iter().rev().find(|range| !range.is_empty())
        } else {
            Some(range)
        };
        for stretch in &stretches[range.cloned().unwrap_or_default()] {
            counts.add(stretch.color, stretch.length);
        }
    }
    let mut colors = counts.colors();
    colors.sort_unstable_by_key(|&(color, count)| (std::cmp::Reverse(count), color));
    let (palette, squared_error) = choose(&colors, &mut counts);
    let mut pixels = Vec::with_capacity(rgba.len() / 4);
    for range in &rows {
        if range.is_empty() {
            let from = pixels.len() - width;
            pixels.extend_from_within(from..);
        } else {
            for stretch in &stretches[range.clone()] {
                let index = counts.index(stretch.color);
                pixels.resize(pixels.len() + stretch.length as usize, index);
            }
        }
    }
    let samples = pixels.len() as f64 * 3.0;
    let psnr_db = if squared_error == 0 {
        f64::INFINITY
    } else {
        10.0 * (255.0 * 255.0 * samples / squared_error as f64).log10()
    };
    Indexed { palette, pixels, psnr_db }
}

/// Each row's range of stretches; empty for a row equal to the one above.
fn stretches(rgba: &[u8], width: usize) -> (Vec<std::ops::Range<usize>>, Vec<Stretch>) {
    let row_bytes = width * 4;
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut rows: Vec<std::ops::Range<usize>> = Vec::new();
    let mut above: &[u8] = &[];
    for row in rgba.chunks_exact(row_bytes) {
        let from = stretches.len();
        if row != above {
            let mut current = Stretch {
                color: rgb(row),
                length: 0,
            };
            for pixel in row.chunks_exact(4) {
                let color = rgb(pixel);
                if color == current.color {
                    current.length += 1;
                } else {
                    stretches.push(current);
                    current = Stretch { color, length: 1 };
                }
            }
            stretches.push(current);
        }
        rows.push(from..stretches.len());
        above = row;
    }
    (rows, stretches)
}

fn rgb(pixel: &[u8]) -> u32 {
    u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]])
}

fn channels(color: u32) -> Rgb {
    let [_, red, green, blue] = color.to_be_bytes();
    [red, green, blue]
}

/// Picks the palette from colours sorted by frequency, sets every colour's index, and tells the squared error summed over all pixels.
fn choose(colors: &[(u32, u32)], counts: &mut Counts) -> (Vec<Rgb>, u64) {
    let start = if colors.len() <= COLORS_MAX { colors.len() } else { FREQUENT_MAX };
    let mut palette: Vec<Rgb> = colors[..start].iter().map(|&(color, _)| channels(color)).collect();
    for (index, &(color, _)) in colors[..start].iter().enumerate() {
        counts.set_index(color, index);
    }
    let mut rest: Vec<Rest> = colors[start..]
        .iter()
        .map(|&(color, count)| Rest::new(color, count, &palette))
        .collect();
    while palette.len() < COLORS_MAX {
        let worst = rest
            .iter()
            .filter(|rest| rest.error > 0)
            .max_by(|a, b| a.weight().total_cmp(&b.weight()).then(b.color.cmp(&a.color)));
        let Some(added) = worst.map(|worst| channels(worst.color)) else {
            break;
        };
        let index = palette.len();
        palette.push(added);
        for rest in &mut rest {
            rest.offer(added, index);
        }
    }
    for rest in &rest {
        counts.set_index(rest.color, rest.nearest);
    }
    (palette, rest.iter().map(|rest| u64::from(rest.error) * u64::from(rest.count)).sum())
}

/// A colour outside the palette.
struct Rest {
    color: u32,
    count: u32,
    nearest: usize,
    /// Squared distance to the nearest palette colour.
    error: u32,
}

impl Rest {
    fn new(color: u32, count: u32, palette: &[Rgb]) -> Self {
        let mut rest = Self {
            color,
            count,
            nearest: 0,
            error: u32::MAX,
        };
        for (index, &offered) in palette.iter().enumerate() {
            rest.offer(offered, index);
        }
        rest
    }

    fn offer(&mut self, offered: Rgb, index: usize) {
        let own = channels(self.color);
        let error = (0..3).map(|i| u32::from(own[i].abs_diff(offered[i])).pow(2)).sum();
        if error < self.error {
            (self.error, self.nearest) = (error, index);
        }
    }

    /// How wrong the picture would look without this colour.
    fn weight(&self) -> f64 {
        f64::from(self.error) * f64::from(self.count).sqrt()
    }
}

/// Colours with their number of pixels and later their place in the palette: open addressing, at most half full.
struct Counts {
    slots: Vec<Slot>,
    used: usize,
}

#[derive(Clone, Copy)]
struct Slot {
    color: u32,
    count: u32,
    index: u8,
}

const FREE: Slot = Slot {
    color: u32::MAX,
    count: 0,
    index: 0,
};

impl Counts {
    fn new() -> Self {
        Self {
            slots: vec![FREE; 4096],
            used: 0,
        }
    }

    /// The colour's slot, or the free one where it belongs.
    fn find(&self, color: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (color.wrapping_mul(0x9e37_79b1) >> 8) as usize & mask;
        while self.slots[at].color != color && self.slots[at].color != FREE.color {
            at = (at + 1) & mask;
        }
        at
    }

    fn add(&mut self, color: u32, count: u32) {
        let at = self.find(color);
        if self.slots[at].color == FREE.color {
            self.slots[at] = Slot { color, count, index: 0 };
            self.used += 1;
            if self.used * 2 > self.slots.len() {
                self.grow();
            }
        } else {
            self.slots[at].count += count;
        }
    }

    fn grow(&mut self) {
        let larger = vec![FREE; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.color != FREE.color {
                let at = self.find(slot.color);
                self.slots[at] = slot;
            }
        }
    }

    fn colors(&self) -> Vec<(u32, u32)> {
        self.slots
            .iter()
            .filter(|slot| slot.color != FREE.color)
            .map(|slot| (slot.color, slot.count))
            .collect()
    }

    fn set_index(&mut self, color: u32, index: usize) {
        let at = self.find(color);
        self.slots[at].index = u8::try_from(index).unwrap_or(u8::MAX);
    }

    fn index(&self, color: u32) -> u8 {
        self.slots[self.find(color)].index
    }
}
