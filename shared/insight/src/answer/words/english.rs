//! English.

use domain::chart_spec::Aggregate;
use domain::locale::Language;

use super::{Remark, Spoken, Unfit};
use crate::answer::cue::Cue;

pub(super) const SPOKEN: Spoken = Spoken {
    language: Language::English,
    tag: "en",
    cues: &[
        (
            Cue::Why,
            "why|how come|what happened|reason|reasons|cause|causes|caused|explain|explanation|what drove|what drives|driver|drivers|what changed|\
             what is behind|what s behind|due to what|because of what|what moved|what s going on|what is going on",
        ),
        (
            Cue::Compare,
            "compare|compared|comparison|versus|vs|than|against|difference|relative to|change from|changed since|change since|changed from",
        ),
        (Cue::Previous, "last|previous|prior|past|before|ago|earlier|preceding"),
        (Cue::Yesterday, "yesterday|the day before"),
        (Cue::Day, "day|days|daily|dod"),
        (Cue::Week, "week|weeks|weekly|wow"),
        (Cue::Month, "month|months|monthly|mom"),
        (Cue::Quarter, "quarter|quarters|quarterly|qoq"),
        (Cue::Year, "year|years|yearly|annual|annually|yoy"),
        (Cue::Period, "period|periods"),
        (Cue::Top, "top|best|biggest|largest|leading|leaders|ranking|rank|ranked|strongest"),
        (Cue::Bottom, "bottom|worst|smallest|weakest|least|laggards"),
        (Cue::High, "highest|maximum|max|peak|peaked|record|high|all time high"),
        (Cue::Low, "lowest|minimum|min|trough|low"),
        (
            Cue::By,
            "by|per|split|split by|break down|breakdown|broken down|broken down by|grouped by|for each",
        ),
        (
            Cue::As,
            "as|as a|as an|into|instead|switch to|turn into|convert to|make it|draw|redraw|plot",
        ),
        (Cue::Show, "show|show me|give|give me|send|send me|list|see|display|want|need|get"),
        (Cue::Chart, "chart|graph|diagram|picture|image"),
        (Cue::Line, "line|lines|line chart|line graph|curve"),
        (Cue::Bar, "bar|bars|bar chart|bar graph|column chart"),
        (Cue::Area, "area|area chart"),
        (Cue::Pie, "pie|donut|doughnut|pie chart|ring chart"),
        (Cue::Lying, "horizontal|horizontally|sideways|lying"),
        (Cue::Stacked, "stacked|stack"),
        (
            Cue::Numbers,
            "numbers|figures|data|values|raw|rows|table|spreadsheet|details|exact numbers|the data|numbers behind it",
        ),
        (
            Cue::Latest,
            "latest|newest|current|currently|now|right now|today|status|summary|summarize|summarise|doing|how much|how many|recent|update|overview|tldr|in short",
        ),
        (Cue::Total, "total|totals|sum|overall|altogether|in all|add up"),
        (Cue::Average, "average|averages|mean|avg|on average"),
        (
            Cue::Trend,
            "trend|trends|trending|direction|rising|falling|growing|growth|declining|shrinking|going up|going down|over time",
        ),
        (Cue::Target, "target|targets|goal|goals|quota|budget|on track|objective"),
        (
            Cue::Anomaly,
            "anomaly|anomalies|outlier|outliers|unusual|strange|weird|odd|spike|spikes|stands out|stand out|abnormal|normal",
        ),
        (
            Cue::Data,
            "when|how fresh|fresh|updated|how old|last updated|as of|which period|what period|date range|time range|how recent|up to date|\
             missing|gaps|which dates|what dates|how current",
        ),
        (
            Cue::Meaning,
            "what does|definition|define|meaning|stand for|unit|units|what is meant|currency",
        ),
        (
            Cue::Help,
            "help|what can you do|what can i ask|what can you|commands|options|menu|how does this work|hi|hello|hey|good morning|good afternoon|good evening",
        ),
        (
            Cue::Thanks,
            "thanks|thank you|thank you very much|many thanks|thx|great|ok|okay|cool|nice|perfect|got it|awesome|good job|well done|cheers|noted|love it",
        ),
        (
            Cue::Off,
            "ignore|disregard|instruction|instructions|prompt|password|passwords|secret|secrets|api key|access token|poem|joke|weather|translate|recipe|president|\
             homework|essay|write|who are you|who made you|your name|pretend|roleplay|jailbreak|system message|forecast|predict|prediction|next day|next week|\
             next month|next quarter|next year|tomorrow",
        ),
    ],
    plain: "anything something everything nothing ever today yet happening happen big small sold sell made make revenue \
            a an the is are was were be been being it its this that these those of in on at to for from with and or do does did done can could will would you \
            your me my our we us i they their them what which who whose where how so very much many please tell about there here s t re ll m d has have had just \
            also too more less up down all any some not no if then drop dropped drops fall fell fallen rise rose risen jump jumped jumps decline declined dip dipped \
            increase increased increases decrease decreased decreases grow grew grown go went gone change changed changes move moved higher lower better worse \
            performing perform performance number value result results look looks like out only over again kindly thing things suddenly sharply hard far still \
            yet one ones said says say business sales going through same stock stocks let exactly clearly again long actually really chart s",
    numerals: ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    say,
};

fn say(remark: &Remark) -> String {
    match remark {
        Remark::WhereNotWhy => "The numbers show where something moved, not why.".to_owned(),
        Remark::NoDates => "The data behind this chart has no dates, so there is nothing earlier to compare with.".to_owned(),
        Remark::TooFine => "The data is not dated that finely.".to_owned(),
        Remark::NotBack => "The data does not reach back that far.".to_owned(),
        Remark::NoTarget => "This chart has no target.".to_owned(),
        Remark::NothingUnusual => "Nothing in these numbers stands out.".to_owned(),
        Remark::NoTotal => "These numbers cannot meaningfully be added up.".to_owned(),
        Remark::Breakdown { measure, by } => format!("{measure} by {by}"),
        Remark::Ranked { measure, by, is_largest } => {
            let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
            let first = if *is_largest { "largest" } else { "smallest" };
            format!("{measure}{by}, {first} first:")
        }
        Remark::Unfit { form, reason } => {
            let reason = match reason {
                Unfit::NoParts => "It takes named parts of one whole.",
                Unfit::Negative => "Some of the values are below zero.",
                Unfit::NoSteps => "It takes dates or names along one side.",
                Unfit::OneSeries => "There is only one series, so nothing to stack.",
                Unfit::Rows => "Its rows cannot be joined that way.",
            };
            format!("{form}: this does not fit the data. {reason}")
        }
        Remark::Dimensions { names: [] } => "The data behind this chart has nothing to split these numbers by.".to_owned(),
        Remark::Dimensions { names } => format!("These numbers can be split by: {}.", names.join(", ")),
        Remark::Meaning { name, unit, joined } => {
            let unit = unit.map(|unit| format!(", in {unit}")).unwrap_or_default();
            let how = match joined {
                None => "",
                Some(None) => " Each number is shown as it stands in the data.",
                Some(Some(Aggregate::Sum)) => " Rows that belong together are added up.",
                Some(Some(Aggregate::Mean)) => " Of rows that belong together, the average is shown.",
                Some(Some(Aggregate::Median)) => " Of rows that belong together, the median is shown.",
                Some(Some(Aggregate::Min)) => " Of rows that belong together, the lowest is shown.",
                Some(Some(Aggregate::Max)) => " Of rows that belong together, the highest is shown.",
                Some(Some(Aggregate::Count)) => " Rows are counted.",
            };
            format!("“{name}” is a column of the data behind this chart{unit}.{how}")
        }
        Remark::ReadAt { day, time } => format!("The data was read at {time} on {day}."),
        Remark::Help { title, by } => {
            let top = by.map(|by| format!(", “top 5 by {by}”")).unwrap_or_default();
            format!("You can ask about “{title}”: “why?”, “compare to last month”{top}, “as a bar chart”, “show the numbers”.")
        }
        Remark::Declined { title } => format!("Sorry, I can only speak about “{title}”. Try “why?” or “show the numbers”."),
    }
}
