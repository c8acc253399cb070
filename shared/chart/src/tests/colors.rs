//! Colours by the numbers: contrast, and series told apart with colour-blind eyes.

use crate::contrast::ink_on;
use crate::options::Theme;
use crate::theme::Rgb;
use domain::color::{TEXT_MIN, contrast, linear};

type Matrix = [[f64; 3]; 3];

/// Full severity, Machado, Oliveira and Fernandes 2009; on linear channels.
const PROTAN: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTAN: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];
const TRITAN: Matrix = [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_900],
];
const NONE: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

fn times(matrix: &Matrix, color: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(color).map(|(a, b)| a * b).sum())
}

/// Oklab, in which distances are about as large as they look; times 100.
fn oklab(linear: [f64; 3]) -> [f64; 3] {
    let cones = times(
        &[
            [0.412_221_47, 0.536_332_54, 0.051_445_99],
            [0.211_903_5, 0.680_699_55, 0.107_396_96],
            [0.088_302_46, 0.281_718_84, 0.629_978_7],
        ],
        linear.map(|channel| channel.clamp(0.0, 1.0)),
    );
    times(
        &[
            [0.210_454_26, 0.793_617_79, -0.004_072_05],
            [1.977_998_5, -2.428_592_2, 0.450_593_7],
            [0.025_904_04, 0.782_771_77, -0.808_675_77],
        ],
        cones.map(f64::cbrt),
    )
    .map(|channel| channel * 100.0)
}

fn distance(a: Rgb, b: Rgb, eyes: &Matrix) -> f64 {
    let (a, b) = (oklab(times(eyes, linear(a))), oklab(times(eyes, linear(b))));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn text_is_read_on_its_ground() {
    for theme in [Theme::Light, Theme::Dark] {
        let colors = theme.colors();
        let pairs = [
            (colors.ink, colors.background),
            (colors.muted, colors.background),
            colors.rise,
            colors.fall,
            colors.level,
            (colors.rise.0, colors.background),
            (colors.fall.0, colors.background),
            (colors.level.0, colors.background),
        ];
        for (text, ground) in pairs {
            assert!(
                contrast(text, ground) >= TEXT_MIN,
                "{theme:?}: {text:?} on {ground:?} is {:.2}",
                contrast(text, ground)
            );
        }
    }
}

#[test]
fn numbers_inside_marks_are_read_or_left_out() {
    let mut without_ink = 0;
    for theme in [Theme::Light, Theme::Dark] {
        for ground in theme.colors().series {
            match ink_on(ground) {
                Some(ink) => assert!(contrast(ink, ground) >= TEXT_MIN, "{ink:?} on {ground:?}"),
                None => without_ink += 1,
            }
        }
    }
    assert_eq!(without_ink, 0, "every default colour bears a number");
}

#[test]
fn marks_are_seen_on_their_ground() {
    for theme in [Theme::Light, Theme::Dark] {
        let colors = theme.colors();
        for mark in colors.series.into_iter().chain([colors.previous]) {
            assert!(
                contrast(mark, colors.background) >= 3.0,
                "{theme:?}: {mark:?} is {:.2}",
                contrast(mark, colors.background)
            );
        }
    }
}

#[test]
fn series_are_told_apart_by_every_kind_of_eye() {
    let mut close = Vec::new();
    for theme in [Theme::Light, Theme::Dark] {
        let series = theme.colors().series;
        for (name, eyes) in [("usual", &NONE), ("protan", &PROTAN), ("deutan", &DEUTAN), ("tritan", &TRITAN)] {
            for i in 0..series.len() {
                for j in 0..i {
                    let apart = distance(series[i], series[j], eyes);
                    // The first four are what charts mostly have; with all eight, order and labels help too.
                    let needed = if i < 4 { 10.0 } else { 6.0 };
                    if apart < needed {
                        close.push(format!("{theme:?} {name}: {j} and {i} are {apart:.1} apart"));
                    }
                }
            }
        }
    }
    assert!(close.is_empty(), "{}", close.join("\n"));
}
