/** Where a container engine listens. */
export interface Endpoint {
  /** What named it, as a user would say it: `DOCKER_HOST`, `the context "colima"`, `Podman's socket`. */
  readonly source: string;
  /** `unix:///run/docker.sock`, `tcp://host:2376`, `ssh://user@host`, `npipe:////./pipe/docker_engine`. */
  readonly address: string;
  /** Folder with `ca.pem`, `cert.pem` and `key.pem`, when the connection is encrypted. */
  readonly certificates?: string;
}

/** A place to look for endpoints; when it has any, no later place is looked at. */
export type EndpointSource = (
  surroundings: Surroundings,
) => readonly Endpoint[] | Promise<readonly Endpoint[]>;

/** What the search depends on. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** The user's id; undefined on Windows. */
  readonly uid: number | undefined;
}
