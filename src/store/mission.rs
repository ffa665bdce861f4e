//! Missions: loaded from the project's files at first start, staff's own after.
use super::db::{Sql, on, read, statements};
use super::{Store, StoreError, Tx};
use crate::model::{Coverage, Mission, MissionKind, MissionStatus, Missions};

statements! {
    ALL = Sql::same("select country, city, city_ar, kind, status, use_instead, checked_on, phone, email, url, source
        from missions order by country, kind, city");
    COVERAGE = Sql::same("select country, covered_by, city, city_ar, source from mission_coverage order by country");
    PUT = Sql::same("insert into missions (country, city, city_ar, kind, status, use_instead, checked_on, phone, email, url, source)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (country, city, kind) do update set city_ar = excluded.city_ar, status = excluded.status,
        use_instead = excluded.use_instead, checked_on = excluded.checked_on, phone = excluded.phone, email = excluded.email,
        url = excluded.url, source = excluded.source");
    COVERAGE_PUT = Sql::same("insert into mission_coverage (country, covered_by, city, city_ar, source)
        values ($1, $2, $3, $4, $5)
        on conflict (country) do update set covered_by = excluded.covered_by, city = excluded.city,
        city_ar = excluded.city_ar, source = excluded.source");
}

#[derive(sqlx::FromRow)]
struct Row {
    country: String,
    city: String,
    city_ar: Option<String>,
    kind: String,
    status: String,
    use_instead: Option<String>,
    checked_on: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    url: Option<String>,
    source: String,
}

impl Tx {
    /// Adds a mission, or takes the place of the one in the same country, city and kind.
    pub async fn mission_put(&mut self, mission: &Mission) -> Result<(), StoreError> {
        on!(self, PUT, |c, q| sqlx::query(q)
            .bind(&mission.country)
            .bind(&mission.city)
            .bind(&mission.city_ar)
            .bind(mission.kind.as_str())
            .bind(mission.status.as_str())
            .bind(&mission.use_instead)
            .bind(&mission.checked_on)
            .bind(&mission.phone)
            .bind(&mission.email)
            .bind(&mission.url)
            .bind(&mission.source)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Says whose mission serves a country without one.
    pub async fn coverage_put(&mut self, coverage: &Coverage) -> Result<(), StoreError> {
        on!(self, COVERAGE_PUT, |c, q| sqlx::query(q)
            .bind(&coverage.country)
            .bind(&coverage.covered_by)
            .bind(&coverage.city)
            .bind(&coverage.city_ar)
            .bind(&coverage.source)
            .execute(c)
            .await
            .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// All missions and coverages.
    ///
    /// # Errors
    /// [`StoreError::Word`] where a row has a kind or status this version does not know.
    pub async fn missions(&self) -> Result<Missions, StoreError> {
        let rows: Vec<Row> = read!(self, ALL, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        let mut missions = Missions::default();
        for row in rows {
            let mission = Mission {
                kind: MissionKind::parse(&row.kind).ok_or(StoreError::Word("missions.kind"))?,
                status: MissionStatus::parse(&row.status).ok_or(StoreError::Word("missions.status"))?,
                country: row.country,
                city: row.city,
                city_ar: row.city_ar,
                use_instead: row.use_instead,
                checked_on: row.checked_on,
                phone: row.phone,
                email: row.email,
                url: row.url,
                source: row.source,
            };
            missions.by_country.entry(mission.country.clone()).or_default().push(mission);
        }
        let rows: Vec<(String, String, String, Option<String>, String)> =
            read!(self, COVERAGE, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        for (country, covered_by, city, city_ar, source) in rows {
            missions.coverage.insert(country.clone(), Coverage { country, covered_by, city, city_ar, source });
        }
        Ok(missions)
    }
}
