//! A run as a diagram.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use api_service_client::throttle::Status;
use api_service_client::time::Instant;
use plotters::coord::Shift;
use plotters::prelude::*;

use crate::gateway::ClientId;
use crate::record::{Event, Record, What};
use crate::scenario::Scenario;

type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn Error + Send + Sync>>;

/// The size in pixels: single requests are distinct in a run of 30 s.
const SIZE: (u32, u32) = (1_400, 760);
/// The resolution: points of the upper curve and bars of the lower chart.
const POINTS: f64 = 1_400.0;
const BARS: f64 = 200.0;
const SENT: RGBColor = RGBColor(120, 160, 210);
const REFUSED: RGBColor = RGBColor(200, 40, 40);
const PAUSED: RGBColor = RGBColor(240, 220, 170);
const ROOM: RGBColor = RGBColor(30, 110, 60);

/// Draws a run: above, the gateway's room; below, requests sent and refused a second; behind both, the pauses.
///
/// # Errors
/// The file cannot be written.
pub fn plot(scenario: &Scenario, record: &Record, file: &Path) -> Drawn {
    let root = SVGBackend::new(file, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let title = format!("{}: {}", scenario.name, scenario.about);
    let root = root.titled(&title, ("sans-serif", 20))?;
    let (above, below) = root.split_vertically(SIZE.1 / 2);
    let length = record.events.last().map_or(0.0, secs).max(f64::MIN_POSITIVE);
    let pauses = pauses(record, length);
    draw_room(&above, record, length, &pauses)?;
    draw_sends(&below, record, length, &pauses)?;
    root.present()?;
    Ok(())
}

fn draw_room(panel: &Panel<'_>, record: &Record, length: f64, pauses: &[(f64, f64)]) -> Drawn {
    let slot = |event: &Event| (secs(event) / length * POINTS) as u64;
    let lowest: Vec<(f64, f64)> = record
        .events
        .chunk_by(|one, next| slot(one) == slot(next))
        .filter_map(|events| events.iter().min_by(|one, next| one.room.total_cmp(&next.room)))
        .map(|event| (secs(event), event.room))
        .collect();
    let most = lowest.iter().map(|(_, room)| *room).fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(panel)
        .margin(10)
        .x_label_area_size(30)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..length, 0.0..most * 1.05)?;
    chart.configure_mesh().disable_x_mesh().y_desc("room in the gateway").draw()?;
    chart.draw_series(pauses.iter().map(|(from, to)| bar(*from, *to, most * 1.05, PAUSED)))?;
    chart.draw_series(LineSeries::new(lowest, ROOM.stroke_width(2)))?;
    Ok(())
}

fn draw_sends(panel: &Panel<'_>, record: &Record, length: f64, pauses: &[(f64, f64)]) -> Drawn {
    let width = length / BARS;
    let sent = a_second(record, width, |what| matches!(what, What::Sent(_)));
    let refused = a_second(record, width, |what| matches!(what, What::Throttled(..)));
    let most = sent.iter().chain(&refused).copied().fold(1.0, f64::max) * 1.05;
    let mut chart = ChartBuilder::on(panel)
        .margin(10)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..length, 0.0..most)?;
    chart.configure_mesh().disable_x_mesh().x_desc("seconds").y_desc("sent, 429s (red), a second").draw()?;
    chart.draw_series(pauses.iter().map(|(from, to)| bar(*from, *to, most, PAUSED)))?;
    for (heights, colour) in [(sent, SENT), (refused, REFUSED)] {
        let bars = heights.into_iter().enumerate().filter(|(_, height)| *height > 0.0);
        chart.draw_series(bars.map(|(at, height)| {
            let from = at as f64 * width;
            bar(from, from + width * 0.9, height, colour)
        }))?;
    }
    Ok(())
}

fn bar(from: f64, to: f64, height: f64, colour: RGBColor) -> Rectangle<(f64, f64)> {
    Rectangle::new([(from, 0.0), (to, height)], colour.filled())
}

/// The number of such events a second, for each bar.
fn a_second(record: &Record, width: f64, counts: impl Fn(What) -> bool) -> Vec<f64> {
    let mut heights = vec![0.0; BARS as usize + 1];
    for event in record.events.iter().filter(|event| counts(event.what)) {
        if let Some(height) = heights.get_mut((secs(event) / width) as usize) {
            *height += 1.0 / width;
        }
    }
    heights
}

/// The pauses of each client, as start and end.
fn pauses(record: &Record, length: f64) -> Vec<(f64, f64)> {
    let mut ended = Vec::new();
    let mut open: BTreeMap<ClientId, f64> = BTreeMap::new();
    for event in &record.events {
        let Some(scope) = event.scope else { continue };
        if scope.status == Status::Paused {
            open.entry(event.client).or_insert(secs(event));
        } else if let Some(from) = open.remove(&event.client) {
            ended.push((from, secs(event)));
        }
    }
    ended.extend(open.into_values().map(|from| (from, length)));
    ended
}

fn secs(event: &Event) -> f64 {
    event.at.since(Instant::START).as_secs()
}
