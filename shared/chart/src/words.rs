//! The few words that a chart says of itself, apart from the spec's and the rows'.

/// One language's words. Plain text; no placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// In the legend, for the dashed line or pale bars of a comparison.
    pub previous_period: &'static str,
    /// In the legend, for the drawn period beside its comparison.
    pub this_period: &'static str,
    /// In place of a chart without any value.
    pub no_data: &'static str,
    /// Beside the only value of a line.
    pub one_value: &'static str,
    /// On the pill of a number that equals the one before.
    pub no_change: &'static str,
    /// Before the previous number of a kpi.
    pub versus: &'static str,
}

impl Words {
    /// English.
    pub const ENGLISH: Self = Self {
        previous_period: "Previous period",
        this_period: "This period",
        no_data: "No data for this period",
        one_value: "Only one value so far",
        no_change: "No change",
        versus: "vs",
    };
}
