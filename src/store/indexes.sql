-- Indexes that only asking needs. They are made when an archive was first filled, which is quicker than keeping them meanwhile.
CREATE INDEX IF NOT EXISTS issues_by_date ON issues(date);
CREATE INDEX IF NOT EXISTS essays_by_document ON essays(document);
CREATE INDEX IF NOT EXISTS events_by_start ON events(starts);
CREATE INDEX IF NOT EXISTS listings_by_document ON listings(document);
CREATE INDEX IF NOT EXISTS event_sponsors_by_organisation ON event_sponsors(organisation);
CREATE INDEX IF NOT EXISTS quotations_by_speaker ON quotations(speaker);
CREATE INDEX IF NOT EXISTS texts_by_document ON texts(document);
CREATE INDEX IF NOT EXISTS named_by_entity ON named(entity);
