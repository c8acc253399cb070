//! render-chart
