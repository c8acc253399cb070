//! English.

use domain::series::Grain;

use super::Term::*;
use super::{Entry, Noun, Topic};
use crate::fact::Direction::{Down, Up};

pub(super) const WORDS: &[Entry] = &[
    (
        Move(Up),
        "up|rose|rise|rises|rising|risen|grew|grow|grows|grown|growing|gained|gain|gains|gaining|higher|increase|increases|increased|\
         increasing|climbed|climb|climbs|climbing|jumped|jump|jumps|surged|surge|upward|upwards|advanced|added|exceeded|exceeds|beat|\
         improved|outsold|overtook|outperformed|recovered|rebounded|soared|grew by",
    ),
    (
        Move(Down),
        "down|fell|fall|falls|falling|fallen|shrank|shrink|shrinks|shrunk|shrinking|lost|lose|loses|losing|lower|decrease|decreases|\
         decreased|decreasing|declined|decline|declines|declining|dropped|drop|drops|dropping|slipped|slipping|slid|sank|plunged|tumbled|downward|\
         downwards|trailed|worsened|eased|dipped",
    ),
    (Beside(Up), "more|above|larger|bigger|greater|ahead of|over target"),
    (Beside(Down), "less|fewer|below|smaller|behind|under target"),
    (
        Both(&[Move(Up), Most]),
        "largest rise|largest increase|biggest rise|biggest increase|largest gain|biggest gain|steepest rise|strongest growth|strongest rise",
    ),
    (
        Both(&[Move(Down), Most]),
        "largest fall|largest decrease|biggest fall|biggest decrease|largest drop|biggest drop|largest decline|biggest decline|steepest fall|steepest decline",
    ),
    (
        Both(&[Move(Up), Topic(Topic::Trend)]),
        "uptrend|upward trend|rising trend|growth trend",
    ),
    (
        Both(&[Move(Down), Topic(Topic::Trend)]),
        "downtrend|downward trend|falling trend|declining trend",
    ),
    (
        Both(&[Topic(Topic::Together), Beside(Up)]),
        "positive correlation|positively correlated|positive relation|positive relationship",
    ),
    (
        Both(&[Topic(Topic::Together), Beside(Down)]),
        "negative correlation|negatively correlated|negative relation|negative relationship|inverse relationship|inversely related",
    ),
    (Most, "most|the most|by most"),
    (Same, "the same as|level with"),
    (Flat, "unchanged|flat|no change|steady|did not change|not changed|did not move"),
    (
        Little,
        "little changed|hardly changed|barely changed|no material change|hardly moved|barely moved|nearly unchanged|almost unchanged|stable",
    ),
    (
        Extreme(Up),
        "highest|best|record high|record|largest|biggest|top|peak|peaked|maximum|max|greatest|strongest|leader|leads|led|all time high|first|number one",
    ),
    (
        Extreme(Down),
        "lowest|worst|record low|smallest|least|bottom|trough|minimum|weakest|last place|all time low|fewest",
    ),
    (
        Rank(2),
        "second|second largest|second highest|second biggest|second most|second place|runner up",
    ),
    (Rank(3), "third|third largest|third highest|third biggest|third most|third place"),
    (Rank(4), "fourth|fourth largest|fourth highest"),
    (Rank(5), "fifth|fifth largest|fifth highest"),
    (Next, "next is|next comes|followed by|next"),
    (Factor(2, 1), "doubled|doubling|twice|twofold|double"),
    (Factor(3, 1), "tripled|tripling|trebled|three times as much|threefold|triple"),
    (Factor(4, 1), "quadrupled|fourfold"),
    (Factor(1, 2), "halved|halving|fell by half|half as much"),
    (Part(1, 2), "half of|half the|one half of"),
    (Part(1, 3), "a third of|one third of"),
    (Part(2, 3), "two thirds of|two thirds"),
    (Part(1, 4), "a quarter of|one quarter of"),
    (Part(3, 4), "three quarters of the"),
    (Part(1, 5), "a fifth of|one fifth of"),
    (
        Not,
        "not|never|didn't|doesn't|isn't|wasn't|hasn't|no|neither|nor|hardly|without|cannot|don't|haven't|weren't|aren't",
    ),
    (
        From,
        "from|since|than|against|compared with|compared to|compared|versus|vs|over the same|relative to",
    ),
    (To, "to|reaching|at|landing at"),
    (And, "and|while|whereas|but|although|then|meanwhile"),
    (
        Topic(Topic::Share),
        "of the total|share|of total|of all|of the sum|of the whole|accounts for|accounted for|part of|made up|makes up|make up|portion|proportion|together make",
    ),
    (
        Topic(Topic::Contribution),
        "of the total change|contributed|contributes|of the change",
    ),
    (
        Topic(Topic::OfRise),
        "of the rise|of the increase|of the growth|of the total rise|of the total increase",
    ),
    (
        Topic(Topic::OfFall),
        "of the fall|of the decrease|of the decline|of the total fall|of the total decrease",
    ),
    (
        Topic(Topic::Total),
        "total|in total|altogether|totalled|totaled|overall|sum|combined|all together|added up",
    ),
    (
        Topic(Topic::Trend),
        "trend|trends|trending|slope|per month|per day|per week|per year|per quarter|per hour|a month|a day|a week|a year|a quarter|an hour|a minute|each month|each day|each week",
    ),
    (
        Topic(Topic::Usual),
        "would be usual|usual|usually|typical|typically|normal|normally|median|middle value|is to be expected|would be expected|the expected|expected level|expected value|were expected|was expected",
    ),
    (
        Topic(Topic::Unusual),
        "unusual|unusually|anomaly|anomalous|outlier|abnormal|abnormally|out of the ordinary|stands out|conspicuous",
    ),
    (
        Topic(Topic::Streak),
        "in a row|consecutive|running|straight|streak|in succession|successive",
    ),
    (Topic(Topic::SoFar), "so far|to date|not over yet|still running|until now"),
    (
        Topic(Topic::Missing),
        "missing|gaps|gap|without a value|empty|no data|no value|no values",
    ),
    (
        Topic(Topic::Newest),
        "data through|data ends|the data ends|ends on|newest data|latest data|up to and including|data until|data up to",
    ),
    (
        Topic(Topic::Read),
        "read at|read on|as of|there on|newer was there|retrieved|nothing newer|over then",
    ),
    (Topic(Topic::Target), "target|goal|plan|quota|budget"),
    (Topic(Topic::Met), "met|reached|achieved|hit"),
    (
        Topic(Topic::Missed),
        "missed|misses|failed to reach|not met|not reached|fell short of|falls short of|short of",
    ),
    (Topic(Topic::Middle), "middle half|half of the values|half of them"),
    (
        Topic(Topic::Together),
        "together|goes with|go with|go together|correlated|correlation|related|relationship|relation",
    ),
    (
        Topic(Topic::LastYear),
        "year over year|year on year|a year earlier|a year before|a year ago|last year|the year before|52 weeks earlier|the same month of|the same day of|same period last year",
    ),
    (Topic(Topic::Age), "old|days old|behind schedule|stale"),
    (
        Topic(Topic::Against),
        "the other way|against it|in the opposite direction|the opposite",
    ),
    (Noun(Noun::Period(Grain::Minute)), "minute|minutes"),
    (Noun(Noun::Period(Grain::Hour)), "hour|hours"),
    (Noun(Noun::Period(Grain::Day)), "day|days"),
    (Noun(Noun::Period(Grain::Week)), "week|weeks"),
    (Noun(Noun::Period(Grain::Month)), "month|months"),
    (Noun(Noun::Period(Grain::Quarter)), "quarter|quarters"),
    (Noun(Noun::Period(Grain::Year)), "year|years"),
    (Noun(Noun::Values), "value|values|points|readings|data points|point"),
    (Noun(Noun::Categories), "category|categories|names|groups|bins|ranges"),
    (Noun(Noun::Moves), "times|moves"),
    (Noun(Noun::Series), "series|lines|parts"),
    (Filler, "full|complete|shown|drawn|consecutive|straight|largest|running|such"),
    (Earlier, "before|earlier|prior"),
    (Ago(0, Grain::Day), "today"),
    (Ago(1, Grain::Day), "yesterday"),
    (Ago(0, Grain::Week), "this week"),
    (Ago(1, Grain::Week), "last week"),
    (Ago(0, Grain::Month), "this month"),
    (Ago(1, Grain::Month), "last month"),
    (Ago(0, Grain::Quarter), "this quarter"),
    (Ago(1, Grain::Quarter), "last quarter"),
    (Ago(0, Grain::Year), "this year"),
    (Past, "last|past|latest|previous|preceding"),
    (Month(1), "january|jan"),
    (Month(2), "february|feb"),
    (Month(3), "march|mar"),
    (Month(4), "april|apr"),
    (Month(5), "may"),
    (Month(6), "june|jun"),
    (Month(7), "july|jul"),
    (Month(8), "august|aug"),
    (Month(9), "september|sept|sep"),
    (Month(10), "october|oct"),
    (Month(11), "november|nov"),
    (Month(12), "december|dec"),
    (Weekday(0), "monday|mon"),
    (Weekday(1), "tuesday|tues|tue"),
    (Weekday(2), "wednesday|wed"),
    (Weekday(3), "thursday|thurs|thu"),
    (Weekday(4), "friday|fri"),
    (Weekday(5), "saturday|sat"),
    (Weekday(6), "sunday|sun"),
    (Quarter(1), "q1|first quarter"),
    (Quarter(2), "q2|second quarter"),
    (Quarter(3), "q3|third quarter"),
    (Quarter(4), "q4|fourth quarter"),
    (WeekOf, "week of|week from|week starting|week beginning"),
    (Count(1), "one"),
    (Count(2), "two|both"),
    (Count(3), "three"),
    (Count(4), "four"),
    (Count(5), "five"),
    (Count(6), "six"),
    (Count(7), "seven"),
    (Count(8), "eight"),
    (Count(9), "nine"),
    (Count(10), "ten"),
    (Count(11), "eleven"),
    (Count(12), "twelve"),
    (Minus, "minus|negative"),
    (Percent, "percent|per cent|pct"),
    (
        Points,
        "percentage points|percentage point|pp|pts|percent points|points of percentage",
    ),
    (Time(1), "s|seconds|sec"),
    (Time(60), "min"),
    (Time(3_600), "h|hr|hrs"),
    (Time(86_400), "d"),
    (Currency(&["USD"]), "dollars|dollar"),
    (Currency(&["EUR"]), "euros|euro"),
    (Currency(&["GBP"]), "pounds|pound"),
    (Currency(&["BRL"]), "reais|real"),
    (Currency(&["INR"]), "rupees|rupee"),
    (Currency(&["JPY"]), "yen"),
    (Times, "times|times as much|times as many|times the"),
    (Nearly, "nearly|almost|not quite|just under"),
    (
        Causal,
        "because|because of|due to|thanks to|driven by|caused by|as a result of|owing to|result of|reflects|reflecting|led to|helped by|boosted by|hurt by|on the back of|attributable to|attributed to|therefore|why|explained by|after the launch|stems from",
    ),
    (
        Future,
        "will|would|may well|might|could|should|expect|expects|forecast|forecasts|likely|probably|presumably|projected|predict|predicted|is expected to|set to|on track|going to|anticipated|outlook|next month|next week|next quarter|next year|tomorrow|is expected|are expected|appears to|seems to|perhaps|possibly|potentially|expected to",
    ),
    (
        Vague,
        "majority|the bulk|bulk of|almost all|nearly all|virtually all|accelerated|accelerating|accelerates|acceleration|decelerated|slowed|slowing|slowdown|momentum|faster|slower|fastest|slowest|exploded|skyrocketed|rocketed|collapsed|cratered|crashed|nosedived|tenfold|fivefold|hundredfold|for the year|full year|annual|annually|year to date|ytd|all year|ever|every region|across the board|without exception",
    ),
    (
        Plain,
        "the|a|an|is|are|was|were|be|been|came|come|comes|stood|stands|of|in|on|by|about|for|it|its|that|this|these|those|over|across|between|went|has|have|had|\
         with its|there|here|all|each|per|around|roughly|again|also|now|still|only|just|data|month over month|week over week|day over day|move|moves|moved|change|changes|\
         changed|period|step|large|clear|value|ended|closed|during|within|after|later|which|where|when|who|what|both together|part|parts|ranked|ranks|\
         rank|place|position|ranking|finished|recorded|showed|saw|shows|amounts|amounted|made|makes|measured|every|other|way|through|newer|nothing|clock|show|yet|as|with|from one minute to the next|from one hour to the next|from one day to the next|from one week to the next|from one month to the next|\
         from one quarter to the next|from one year to the next|from one step to the next|last full|came from|comes from|come from",
    ),
];
