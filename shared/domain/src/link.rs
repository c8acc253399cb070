//! Links to a Run's files that leave us: `/i/<token>.png`, `.pdf`, `.csv`, served by `api` from the bucket.
//!
//! The token says what it opens and until when, and carries an HMAC-SHA256 over exactly that. Nothing is stored, so a link costs no write and
//! cannot be taken back singly: changing the signing secret ends all of them. (A presigned S3 URL would die with the role's session, within hours.)

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::attachment::Attachment;
use crate::delivery::{Picture, PictureSize, Theme};
use crate::ids::{OrgId, RunId};

/// How long a link opens its file. The bucket keeps the files of a Run a few days longer.
pub const LINK_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Longest token we look at, in bytes; one of ours has fewer than 400.
const TOKEN_BYTES_MAX: usize = 600;

/// Set before what is signed, so that this key's signature over anything else is never a link.
const PURPOSE: &[u8] = b"picture-link.v1\n";

/// A file of a Run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFile {
    /// One of its pictures.
    Picture(Picture),
    /// One of its attachments.
    Attachment(Attachment),
}

impl RunFile {
    /// How the link's path ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Picture(_) => "png",
            Self::Attachment(attachment) => attachment.extension(),
        }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::Picture(picture) => picture.slug(),
            Self::Attachment(attachment) => attachment.as_str(),
        }
    }

    fn of_slug(slug: &str) -> Option<Self> {
        let sizes = PictureSize::ALL;
        let pictures = sizes
            .into_iter()
            .flat_map(|size| [Theme::Light, Theme::Dark].map(|theme| Self::Picture(Picture { size, theme })));
        let mut files = pictures.chain(Attachment::ALL.map(Self::Attachment));
        files.find(|file| file.slug() == slug)
    }
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// The tenant.
    pub org: OrgId,
    /// Whose file.
    pub run: RunId,
    /// Which of its files.
    pub file: RunFile,
    /// From this moment it opens nothing; whole seconds are kept.
    pub expires_at: Timestamp,
}

impl FileLink {
    /// A link that is good for [`LINK_LIFE`] from `from_at`. Counted from the Run's own time it is the same link at every try.
    pub fn new(org: OrgId, run: RunId, file: RunFile, from_at: Timestamp) -> Self {
        Self {
            org,
            run,
            file,
            expires_at: from_at.checked_add(LINK_LIFE).unwrap_or(Timestamp::MAX),
        }
    }

    /// The link's path, such as `/i/<token>.png`, to be put behind the public URL; `key` is the signing secret.
    pub fn path(&self, key: &[u8]) -> String {
        format!("/i/{}.{}", self.token(key), self.file.extension())
    }

    /// The signed token, URL-safe as it stands.
    pub fn token(&self, key: &[u8]) -> String {
        let content = format!("{}/{}/{}/{}", self.org, self.run, self.file.slug(), self.expires_at.as_second());
        let signature = URL_SAFE_NO_PAD.encode(mac(content.as_bytes(), key).finalize().into_bytes());
        format!("{}.{signature}", URL_SAFE_NO_PAD.encode(content))
    }

    /// What a token opens at `now`; `None` where it is not ours, was changed, or is too old: callers answer all of them alike.
    pub fn verify(token: &str, key: &[u8], now: Timestamp) -> Option<Self> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let (content, signature) = token.split_once('.')?;
        let content = URL_SAFE_NO_PAD.decode(content).ok()?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        mac(&content, key).verify_slice(&signature).ok()?;
        let link = Self::read(std::str::from_utf8(&content).ok()?)?;
        (now < link.expires_at).then_some(link)
    }

    fn read(content: &str) -> Option<Self> {
        let mut pieces = content.split('/');
        let (org, run, slug, expires_at_s) = (pieces.next()?, pieces.next()?, pieces.next()?, pieces.next()?);
        if pieces.next().is_some() {
            return None;
        }
        Some(Self {
            org: OrgId::parse(org).ok()?,
            run: RunId::parse(run).ok()?,
            file: RunFile::of_slug(slug)?,
            expires_at: Timestamp::from_second(expires_at_s.parse().ok()?).ok()?,
        })
    }
}

fn mac(content: &[u8], key: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(PURPOSE);
    mac.update(content);
    mac
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn link() -> FileLink {
        FileLink::new(
            OrgId::parse("acme").unwrap(),
            RunId::parse("weekly~20261120T090000Z").unwrap(),
            RunFile::Picture(Picture {
                size: PictureSize::Square,
                theme: Theme::Dark,
            }),
            "2026-11-20T09:00:00Z".parse().unwrap(),
        )
    }

    #[test]
    fn what_was_signed_is_read_back() {
        let link = link();
        let token = link.token(KEY);
        assert_eq!(
            FileLink::verify(&token, KEY, "2026-12-20T08:59:59Z".parse().unwrap()),
            Some(link.clone())
        );
        assert!(
            token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)),
            "{token} can stand in a path"
        );
        assert_eq!(link.path(KEY), format!("/i/{token}.png"));
    }

    #[test]
    fn attachments_have_links_of_their_own() {
        let now = "2026-11-20T09:00:01Z".parse().unwrap();
        for (attachment, ending) in [(Attachment::Pdf, ".pdf"), (Attachment::Data, ".csv")] {
            let link = FileLink {
                file: RunFile::Attachment(attachment),
                ..link()
            };
            assert!(link.path(KEY).ends_with(ending));
            assert_eq!(FileLink::verify(&link.token(KEY), KEY, now), Some(link));
        }
    }

    #[test]
    fn it_ends_to_the_second() {
        let token = link().token(KEY);
        assert_eq!(FileLink::verify(&token, KEY, "2026-12-20T09:00:00Z".parse().unwrap()), None);
    }

    #[test]
    fn every_changed_byte_and_every_other_key_is_refused() {
        let now = "2026-11-20T09:00:01Z".parse().unwrap();
        let token = link().token(KEY);
        assert_eq!(FileLink::verify(&token, b"another key", now), None);
        assert_eq!(FileLink::verify(&token, b"", now), None);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(FileLink::verify(&changed, KEY, now), None, "byte {at}");
            assert_eq!(FileLink::verify(&token[..at], KEY, now), None, "cut at {at}");
        }
        for odd in ["", ".", "..", &"A".repeat(10_000)] {
            assert_eq!(FileLink::verify(odd, KEY, now), None);
        }
    }

    #[test]
    fn the_longest_ids_fit() {
        let long = "x".repeat(crate::ids::ID_BYTES_MAX);
        let link = FileLink {
            org: OrgId::parse(&long).unwrap(),
            run: RunId::parse(&format!("{long}~20261120T090000123Z-m")).unwrap(),
            ..link()
        };
        let token = link.token(KEY);
        assert!(token.len() < 400, "{}", token.len());
        assert_eq!(FileLink::verify(&token, KEY, "2026-11-20T09:00:01Z".parse().unwrap()), Some(link));
    }
}
