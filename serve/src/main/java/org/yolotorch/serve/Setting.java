// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.util.List;
import java.util.Locale;
import org.yolotorch.YoloException;

/** A setting of {@code yolo serve}. */
public enum Setting {
  /** A model file; may come several times. */
  MODEL("", "a model file, served by the name of the file; may come several times"),
  /** A folder of models. */
  REPOSITORY("", "a folder of models as Triton has it, MODEL/VERSION/model.pt, looked at again"),
  /** Which versions of a repository's models are served. */
  VERSIONS("newest", "which versions of a model in the repository are served", "newest", "all"),
  /** Address to listen at. */
  HOST("127.0.0.1", "address to listen at; 0.0.0.0 for all"),
  /** Port to listen at. */
  PORT("8000", "port to listen at; 0 takes a free one", 0, 65_535),
  /** Most pictures of one run. */
  MAX_BATCH("8", "most pictures of one run of the network", 1, 256),
  /** Longest wait for further requests. */
  MAX_DELAY_MS("2", "longest time a request waits for others while its model is busy", 0, 1000),
  /** Most waiting requests. */
  QUEUE("64", "most requests that wait; more are answered 503", 1, 10_000),
  /** Time of a request. */
  TIMEOUT_MS("10000", "time in which a request is answered, or 503", 1, 3_600_000),
  /** Largest body. */
  MAX_BODY_MB("32", "largest body of a request in MiB, more is answered 413", 1, 1024),
  /** Largest picture. */
  MAX_PIXELS(
      "100000000", "most pixels of a picture, and of all pictures of a request", 1, 700_000_000),
  /** Most connections. */
  MAX_CONNECTIONS("256", "most connections at a time; more wait", 1, 100_000),
  /** Time of an idle connection. */
  IDLE_TIMEOUT_MS("30000", "time after which a silent connection is closed", 1, 3_600_000),
  /** Certificates. */
  TLS_CERT("", "certificates as PEM: serves https with tls_key"),
  /** Private key. */
  TLS_KEY("", "private key of the first certificate, PKCS #8 as PEM"),
  /** Whether models can be loaded and unloaded by requests. */
  ADMIN("False", "requests may load and unload models", "True", "False"),
  /** Further metrics. */
  METRICS_COMPAT("none", "further metrics: those of Triton", "none", "triton"),
  /** Form of the log. */
  LOG("plain", "form of the log on standard error", "plain", "json"),
  /** Where networks run. */
  DEVICE("cpu", "where networks run, such as cpu or cuda:0"),
  /** What networks compute in. */
  PRECISION("fp32", "what networks compute in", "fp32", "bf16");

  private final String defaultValue;
  private final String help;
  private final List<String> words;
  private final int least;
  private final int most;

  Setting(String defaultValue, String help, String... words) {
    this(defaultValue, help, List.of(words), 0, 0);
  }

  Setting(String defaultValue, String help, int least, int most) {
    this(defaultValue, help, List.of(), least, most);
  }

  Setting(String defaultValue, String help, List<String> words, int least, int most) {
    this.defaultValue = defaultValue;
    this.help = help;
    this.words = words;
    this.least = least;
    this.most = most;
  }

  /** Its name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value where none is given; empty for none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, as {@code yolo serve --help} tells it. */
  public String help() {
    return help;
  }

  boolean isSwitch() {
    return words.contains("True");
  }

  /** The values that it takes, in words. */
  String range() {
    if (most > 0) {
      return least + " to " + most;
    }
    return String.join(" or ", words);
  }

  static Setting find(String key) {
    for (Setting setting : values()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    throw new YoloException.InvalidArgument(
        "serve has no setting '" + key + "'; 'yolo serve --help' lists those it has.");
  }

  void check(String value) {
    if (most > 0) {
      checkNumber(value);
    } else if (!words.isEmpty() && words.stream().noneMatch(value::equalsIgnoreCase)) {
      throw wrong(value);
    } else if (words.isEmpty() && value.isBlank()) {
      throw new YoloException.InvalidArgument(
          key() + " must have a value, but came without one; give it, or leave " + key() + " out.");
    }
  }

  private void checkNumber(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong(value);
  }

  private YoloException.InvalidArgument wrong(String value) {
    return new YoloException.InvalidArgument(
        key()
            + " must be "
            + range()
            + ", but was '"
            + value
            + "'; leave it out for "
            + defaultValue
            + ".");
  }
}
