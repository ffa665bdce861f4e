//! Reads the list of Saudi missions abroad and which of them serves a country without one.
use crate::model::{Coverage, Mission, MissionKind, MissionStatus, Missions};
use csv::StringRecord;

/// The columns of one file by name.
struct Columns(StringRecord);

impl Columns {
    /// A cell's words. None where the column is missing or the cell is empty.
    fn get(&self, row: &StringRecord, name: &str) -> Option<String> {
        let place = self.0.iter().position(|column| column == name)?;
        row.get(place).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// A cell that may not be empty.
    fn need(&self, row: &StringRecord, name: &str) -> Result<String, String> {
        self.get(row, name).ok_or_else(|| {
            let line = row.position().map_or(0, csv::Position::line);
            format!("line {line}: expected something in the column `{name}`")
        })
    }
}

/// Reads `missions.csv` and `missions_coverage.csv`.
///
/// # Errors
/// The line and the column that are wrong.
pub fn read_missions(missions: &str, coverage: &str) -> Result<Missions, String> {
    let mut read = Missions::default();
    rows(missions, |columns, row| {
        let mission = mission(columns, row)?;
        read.by_country.entry(mission.country.clone()).or_default().push(mission);
        Ok(())
    })?;
    rows(coverage, |columns, row| {
        let one = Coverage {
            country: columns.need(row, "country_iso2")?,
            covered_by: columns.need(row, "covered_by_country_iso2")?,
            city: columns.need(row, "covering_city")?,
            city_ar: columns.get(row, "covering_city_ar"),
            source: columns.need(row, "source")?,
        };
        read.coverage.insert(one.country.clone(), one);
        Ok(())
    })?;
    Ok(read)
}

fn mission(columns: &Columns, row: &StringRecord) -> Result<Mission, String> {
    let kind = columns.need(row, "kind")?;
    let status = columns.need(row, "status")?;
    let source = columns.need(row, "source")?;
    Ok(Mission {
        country: columns.need(row, "country_iso2")?,
        // Some missions are listed without one; the rest of the row is still worth telling.
        city: columns.get(row, "city").unwrap_or_default(),
        city_ar: columns.get(row, "city_ar"),
        kind: MissionKind::parse(&kind).unwrap_or(MissionKind::Other),
        status: MissionStatus::parse(&status).ok_or_else(|| format!("`{status}` is no status of a mission"))?,
        use_instead: columns.get(row, "use_instead"),
        checked_on: columns.get(row, "checked_on"),
        phone: columns.get(row, "phone").filter(|_| may_be_told("phone", &source)),
        email: columns.get(row, "email").filter(|_| may_be_told("email", &source)),
        url: columns.get(row, "url").filter(|_| may_be_told("url", &source)),
        source,
    })
}

/// Whether a contact may be told: not where its source is [C], third-party code, which is for staff only (domain.md §4).
/// `… ; email: [C] …` speaks of the e-mail alone, what stands first of everything else.
fn may_be_told(contact: &str, source: &str) -> bool {
    let mut notes = source.split(" ; ");
    let whole = notes.next().unwrap_or_default();
    let own = notes.find_map(|note| note.strip_prefix(contact)?.strip_prefix(':'));
    !own.unwrap_or(whole).contains("[C]")
}

/// Calls `each` for every row of a file with a header.
fn rows(csv: &str, mut each: impl FnMut(&Columns, &StringRecord) -> Result<(), String>) -> Result<(), String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(csv.as_bytes());
    let columns = Columns(reader.headers().map_err(|error| error.to_string())?.clone());
    for row in reader.records() {
        each(&columns, &row.map_err(|error| error.to_string())?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_missing_stays_missing() {
        let missions = "city,country_iso2,kind,status,source,phone,city_ar\nRome,IT,embassy,check,[A],,روما\n";
        let coverage = "country_iso2,covered_by_country_iso2,covering_city,source\nAD,ES,Madrid,[B]\n";
        let read = read_missions(missions, coverage).unwrap();
        let rome = &read.by_country["IT"][0];
        assert_eq!(
            (rome.city_ar.as_deref(), rome.phone.as_deref(), rome.status),
            (Some("روما"), None, MissionStatus::Check)
        );
        assert!(may_be_told("phone", "[B] x ; email: [C] y") && !may_be_told("email", "[B] x ; email: [C] y"));
        assert_eq!(read.coverage["AD"].covered_by, "ES");
        assert!(read_missions("country_iso2,city\nIT,Rome\n", "").unwrap_err().contains("line 2"));
    }
}
