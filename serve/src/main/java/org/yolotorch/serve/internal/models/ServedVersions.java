// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.yolotorch.YoloException;

/**
 * The versions of one model. Reading is thread-safe; changes are made by one thread at a time. A
 * version that cannot be loaded never takes the place of one that serves.
 */
final class ServedVersions {
  private static final System.Logger LOG = System.getLogger("org.yolotorch.serve");

  /** What became of a file: the model loaded from it, or why it could not be. */
  private record Tried(ModelFile file, ServedModel model, String reason) {}

  private final String name;
  private final boolean single;
  private final boolean all;
  private final Repository.Loader loader;

  /** By version, the newest first. */
  private final NavigableMap<Long, Tried> versions =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /** Files as they were at the last look: one that still changes is not complete. */
  private Map<Long, ModelFile> seen = Map.of();

  /**
   * No version yet.
   *
   * @param single whether the model is one file, which must be there and load at the first look
   * @param all whether all versions serve, not the newest alone
   */
  ServedVersions(String name, boolean single, boolean all, Repository.Loader loader) {
    this.name = name;
    this.single = single;
    this.all = all;
    this.loader = loader;
  }

  /**
   * Loads and retires versions by what files there are.
   *
   * @param trusting whether a file seen for the first time is taken to be complete
   * @param again whether to try again what could not be loaded
   * @throws YoloException if a single file cannot be loaded at the first look
   */
  void update(NavigableMap<Long, ModelFile> files, boolean trusting, boolean again) {
    Map<Long, ModelFile> before = trusting ? files : seen;
    seen = new TreeMap<>(files);
    boolean serves = false;
    boolean waits = false;
    for (Map.Entry<Long, ModelFile> entry : files.entrySet()) {
      long version = entry.getKey();
      ModelFile file = entry.getValue();
      if (serves && !all) {
        retire(version);
        continue;
      }
      Tried tried = versions.get(version);
      boolean same = tried != null && file.equals(tried.file);
      boolean complete = file.equals(before.get(version));
      boolean failed = same && !tried.reason.isEmpty();
      if (complete && (!same || failed && again)) {
        load(version, file);
      }
      waits |= !complete;
      serves |= model(version) != null;
    }
    for (Long version : List.copyOf(versions.keySet())) {
      // One whose file is gone serves until another one does, such as where it was renamed.
      if (!files.containsKey(version) && (serves || !waits)) {
        retire(version);
      }
    }
  }

  private void load(long version, ModelFile file) {
    Tried former = versions.get(version);
    try {
      versions.put(version, new Tried(file, loader.load(name, version, file.file()), ""));
      if (former != null && former.model != null) {
        former.model.retire();
      }
    } catch (YoloException e) {
      if (single && former == null) {
        throw e;
      }
      LOG.log(Level.WARNING, name + " " + version + " cannot be served: " + e.getMessage());
      ServedModel kept = former == null ? null : former.model;
      versions.put(version, new Tried(file, kept, e.getMessage()));
    }
  }

  private void retire(long version) {
    Tried gone = versions.remove(version);
    if (gone != null && gone.model != null) {
      gone.model.retire();
    }
  }

  void retireAll() {
    List.copyOf(versions.keySet()).forEach(this::retire);
  }

  /** Stops serving, but tells of the versions as before. */
  void unload() {
    for (Map.Entry<Long, Tried> entry : versions.entrySet()) {
      ServedModel model = entry.getValue().model;
      versions.put(entry.getKey(), new Tried(null, null, "unloaded"));
      if (model != null) {
        model.retire();
      }
    }
  }

  /** The newest version that serves, or null. */
  ServedModel newest() {
    for (Tried tried : versions.values()) {
      if (tried.model != null) {
        return tried.model;
      }
    }
    return null;
  }

  /** This version if it serves, or null. */
  ServedModel version(long version) {
    return model(version);
  }

  private ServedModel model(long version) {
    Tried tried = versions.get(version);
    return tried == null ? null : tried.model;
  }

  /** Why the newest version does not serve. */
  String reason() {
    Map.Entry<Long, Tried> newest = versions.firstEntry();
    return newest == null ? "no file of it was found." : newest.getValue().reason;
  }

  List<ModelState> states() {
    List<ModelState> states = new ArrayList<>();
    versions.forEach(
        (version, tried) ->
            states.add(
                new ModelState(name, Long.toString(version), tried.model != null, tried.reason)));
    return states;
  }
}
