//! The command-line program: prints the client's results against every kind of rate limit.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use api_service_client::time::Span;
use clap::Parser;
use simulation::{
    CROWD_LEGEND, LEGEND, Measures, Scenario, Trace, catalogue, crowd_rows, crowd_table, json, missed, plot,
    report, run,
};

/// Run the client against every kind of rate limit in virtual time, and print the results.
#[derive(Debug, Parser)]
struct Arguments {
    /// Run only this scenario; may be given several times.
    #[arg(long)]
    scenario: Vec<String>,
    /// Number of runs of each scenario.
    #[arg(long, default_value_t = 20)]
    seeds: u64,
    /// Seed of the first run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the medians as JSON, for other programs.
    #[arg(long)]
    json: bool,
    /// Print the table of crowds: many users of one bucket, who know nothing of each other.
    #[arg(long)]
    crowd: bool,
    /// Print all events of the first seed.
    #[arg(long)]
    trace: bool,
    /// Draw the events of the first seed into this directory, one SVG for each scenario.
    #[arg(long)]
    plot: Option<PathBuf>,
    /// First second shown.
    #[arg(long, default_value_t = 0.0)]
    from: f64,
    /// Last second shown.
    #[arg(long, default_value_t = f64::INFINITY)]
    to: f64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match carry_out(&arguments, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the output has closed it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: &Arguments, out: &mut impl Write) -> io::Result<()> {
    let seeds = arguments.seed..arguments.seed + arguments.seeds;
    if arguments.crowd {
        return writeln!(out, "{}\n\n{CROWD_LEGEND}", crowd_table(&crowd_rows(), &seeds));
    }
    let chosen = chosen(&arguments.scenario)?;
    if let Some(directory) = &arguments.plot {
        fs::create_dir_all(directory)?;
        return chosen.iter().try_for_each(|scenario| draw(arguments, scenario, directory, out));
    }
    if arguments.trace {
        return chosen.iter().try_for_each(|scenario| trace(arguments, scenario, out));
    }
    let results: Vec<_> = chosen
        .into_iter()
        .map(|scenario| {
            let measures = Measures::of(&scenario, seeds.clone());
            (scenario, measures)
        })
        .collect();
    if arguments.json {
        return writeln!(out, "{:#}", json(&results));
    }
    writeln!(out, "{}\n\n{LEGEND}\n", report(&results))?;
    for (scenario, measures) in &results {
        for broken in measures.broken() {
            writeln!(out, "{}: {broken}", scenario.name)?;
        }
    }
    let (missed, beyond) = missed(&results);
    writeln!(out, "{missed} targets missed, {beyond} of them below what is reachable")
}

fn chosen(names: &[String]) -> io::Result<Vec<Scenario>> {
    let all = catalogue();
    if names.is_empty() {
        return Ok(all);
    }
    let known: Vec<_> = all.iter().map(|scenario| scenario.name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let message = format!("no scenario '{unknown}'; there are {}", known.join(", "));
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(all.into_iter().filter(|scenario| names.iter().any(|name| name == scenario.name)).collect())
}

fn draw(
    arguments: &Arguments,
    scenario: &Scenario,
    directory: &Path,
    out: &mut impl Write,
) -> io::Result<()> {
    if !scenario.is_ready() {
        return writeln!(out, "{}: not yet", scenario.name);
    }
    let file = directory.join(format!("{}.svg", scenario.name.replace(' ', "-")));
    plot(scenario, &run(scenario, arguments.seed), &file).map_err(io::Error::other)?;
    writeln!(out, "{}", file.display())
}

fn trace(arguments: &Arguments, scenario: &Scenario, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}: {}, seed {}", scenario.name, scenario.about, arguments.seed)?;
    let record = run(scenario, arguments.seed);
    let (from, to) = (Span::from_secs_ceil(arguments.from), Span::from_secs_ceil(arguments.to));
    write!(out, "{}", Trace { record: &record, from, to })
}
