// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.Precision;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.models.ModelName;

/**
 * What a server serves and how: the settings of {@code yolo serve}, of which {@link Setting} tells
 * names, defaults and ranges. Immutable and thread-safe.
 *
 * <pre>{@code
 * ServeOptions options = ServeOptions.of("model=yolo11n.torchscript", "port=0");
 * }</pre>
 */
public final class ServeOptions {
  private final Map<Setting, String> values;
  private final Map<String, Path> models;
  private final String token;

  private ServeOptions(Map<Setting, String> values, Map<String, Path> models, String token) {
    this.values = values;
    this.models = models;
    this.token = token;
  }

  /**
   * Reads settings, each as {@code key=value}; a switch also by its name alone, {@code --admin} as
   * well as {@code admin}. Those left out have their defaults.
   *
   * @throws YoloException.InvalidArgument if a setting is unknown, has a wrong value, or none names
   *     a model
   */
  public static ServeOptions of(String... arguments) {
    return of(List.of(arguments));
  }

  /** As {@link #of(String...)}. */
  public static ServeOptions of(List<String> arguments) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    Map<String, Path> models = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String key = (equals < 0 ? argument : argument.substring(0, equals)).replaceFirst("^--", "");
      Setting setting = Setting.find(key);
      if (equals < 0 && !setting.isSwitch()) {
        throw new YoloException.InvalidArgument(
            "serve takes key=value, but '" + argument + "' has no value; write " + key + "=VALUE.");
      }
      String value = equals < 0 ? "True" : argument.substring(equals + 1);
      setting.check(value);
      if (setting == Setting.MODEL) {
        Path file = path(setting, value);
        String name = ModelName.ofFile(file);
        if (models.putIfAbsent(name, file) != null) {
          throw new YoloException.InvalidArgument(
              "Each model must have a name of its own, but two are called '"
                  + name
                  + "'; rename one of the files.");
        }
      } else {
        values.put(setting, value);
      }
    }
    ServeOptions options = new ServeOptions(values, models, null);
    options.checkTogether();
    return options;
  }

  private void checkTogether() {
    if (models.isEmpty() && repository() == null) {
      throw new YoloException.InvalidArgument(
          "serve needs a model, but none came; give model=yolo11n.torchscript or repository=FOLDER.");
    }
    if ((tlsCert() == null) != (tlsKey() == null)) {
      throw new YoloException.InvalidArgument(
          "tls_cert and tls_key belong together, but only one of them came; give both, or none.");
    }
  }

  /**
   * The same with the token that clients must send, or without one if it is null or empty.
   *
   * @throws YoloException.InvalidArgument if it has other signs than visible ones of ASCII
   */
  public ServeOptions withToken(String secret) {
    if (secret != null && !secret.matches("[!-~]*")) {
      throw new YoloException.InvalidArgument(
          "The token must be letters, digits and signs of ASCII without spaces, but has others;"
              + " choose another one.");
    }
    return new ServeOptions(values, models, secret == null || secret.isEmpty() ? null : secret);
  }

  private String text(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue());
  }

  private int whole(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  private boolean flag(Setting setting) {
    return Boolean.parseBoolean(text(setting).toLowerCase(Locale.ROOT));
  }

  private Duration milliseconds(Setting setting) {
    return Duration.ofMillis(whole(setting));
  }

  private Path file(Setting setting) {
    String text = text(setting);
    return text.isEmpty() ? null : path(setting, text);
  }

  private static Path path(Setting setting, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidArgument(
          setting.key() + " must be a path, but '" + text.replace('\0', '?') + "' is none.");
    }
  }

  /** Files of the models by their names; empty if there is only a repository. */
  public Map<String, Path> models() {
    return Map.copyOf(models);
  }

  /** Folder of models, {@code MODEL/VERSION/model.pt}, or null. */
  public Path repository() {
    return file(Setting.REPOSITORY);
  }

  /** Whether all versions of a model are served, not the newest alone. */
  public boolean allVersions() {
    return text(Setting.VERSIONS).equals("all");
  }

  /** Address to listen at. */
  public String host() {
    return text(Setting.HOST);
  }

  /** Port to listen at; 0 for any free one. */
  public int port() {
    return whole(Setting.PORT);
  }

  /** Most pictures of one run of a network. */
  public int maxBatch() {
    return whole(Setting.MAX_BATCH);
  }

  /** Longest time that a request waits for others while the model is busy. */
  public Duration maxDelay() {
    return milliseconds(Setting.MAX_DELAY_MS);
  }

  /** Most requests that wait. */
  public int queue() {
    return whole(Setting.QUEUE);
  }

  /** Time in which a request must be answered. */
  public Duration timeout() {
    return milliseconds(Setting.TIMEOUT_MS);
  }

  /** Largest body of a request in bytes. */
  public int maxBodyBytes() {
    return whole(Setting.MAX_BODY_MB) << 20;
  }

  /** Most pixels of a picture, and of all pictures of a request given as pixels. */
  public int maxPixels() {
    return whole(Setting.MAX_PIXELS);
  }

  /** Most connections at a time. */
  public int maxConnections() {
    return whole(Setting.MAX_CONNECTIONS);
  }

  /** Time after which a connection is closed on which nothing, or too little, comes. */
  public Duration idleTimeout() {
    return milliseconds(Setting.IDLE_TIMEOUT_MS);
  }

  /** Certificates in PEM, or null for plain HTTP. */
  public Path tlsCert() {
    return file(Setting.TLS_CERT);
  }

  /** Private key in PEM, or null for plain HTTP. */
  public Path tlsKey() {
    return file(Setting.TLS_KEY);
  }

  /** Whether clients may load and unload models. */
  public boolean admin() {
    return flag(Setting.ADMIN);
  }

  /** Whether Triton's counters are among the metrics. */
  public boolean tritonMetrics() {
    return text(Setting.METRICS_COMPAT).equals("triton");
  }

  /** Whether lines of the log are JSON objects. */
  public boolean jsonLog() {
    return text(Setting.LOG).equals("json");
  }

  /** Where networks run. */
  public String device() {
    return text(Setting.DEVICE);
  }

  /** What networks compute in. */
  public Precision precision() {
    return Precision.of(text(Setting.PRECISION));
  }

  /** The token that clients must send, or null. */
  String token() {
    return token;
  }
}
