// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.yolotorch.ModelInfo;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.infer.Inference;
import org.yolotorch.serve.internal.infer.ModelTensors;
import org.yolotorch.serve.internal.metrics.Statistics;
import org.yolotorch.serve.internal.models.ModelState;
import org.yolotorch.serve.internal.models.Repository;
import org.yolotorch.serve.internal.models.ServedModel;

/**
 * Health, metadata, configuration and statistics by the Open Inference Protocol and Triton's
 * extensions of it.
 */
public final class ModelRoutes {
  private static final String MODEL = "/v2/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";

  private final Repository repository;
  private final Inference inference;
  private final BooleanSupplier ready;
  private final int maxBatch;
  private final long delayMicros;

  /**
   * Routes for the models of a repository.
   *
   * @param ready whether the server takes requests
   */
  public ModelRoutes(
      Repository repository,
      Inference inference,
      BooleanSupplier ready,
      int maxBatch,
      long delayMicros) {
    this.repository = repository;
    this.inference = inference;
    this.ready = ready;
    this.maxBatch = maxBatch;
    this.delayMicros = delayMicros;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    add(routes, Route.Kind.OPEN, this::live, "/v2/health/live");
    add(routes, Route.Kind.OPEN, this::ready, "/v2/health/ready");
    add(routes, Route.Kind.LIGHT, this::server, "/v2", "/v2/");
    add(routes, Route.Kind.LIGHT, this::statisticsOfAll, "/v2/models/stats");
    add(routes, Route.Kind.LIGHT, this::metadata, MODEL, VERSION);
    add(routes, Route.Kind.LIGHT, this::modelReady, MODEL + "/ready", VERSION + "/ready");
    add(routes, Route.Kind.LIGHT, this::config, MODEL + "/config", VERSION + "/config");
    add(routes, Route.Kind.LIGHT, this::statistics, MODEL + "/stats", VERSION + "/stats");
    return routes;
  }

  private static void add(List<Route> routes, Route.Kind kind, Route.Work work, String... paths) {
    for (String path : paths) {
      routes.add(new Route("GET", path, kind, work, Errors::oip));
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private Reply live(Call call) {
    return Reply.json(object().put("live", true).toString());
  }

  private Reply ready(Call call) {
    boolean now = ready.getAsBoolean();
    return Reply.json(now ? 200 : 503, object().put("ready", now).toString());
  }

  private Reply server(Call call) {
    ObjectNode node = object();
    node.put("name", "yolotorch").put("version", RuntimeInfo.current().version());
    node.putArray("extensions")
        .add("binary_tensor_data")
        .add("model_repository")
        .add("model_configuration")
        .add("statistics");
    return Reply.json(node.toString());
  }

  private interface Description {
    ObjectNode of(ServedModel served);
  }

  private Reply describe(Call call, Description description) {
    ServedModel served = inference.find(call.name("model"), call.name("version"));
    try {
      return Reply.json(description.of(served).toString());
    } finally {
      served.leave();
    }
  }

  private Reply metadata(Call call) {
    return describe(
        call,
        served -> {
          ModelInfo info = served.model().info();
          ObjectNode node = object();
          node.put("name", served.name());
          ArrayNode versions = node.putArray("versions");
          for (ModelState state : repository.states(served.name())) {
            if (state.ready()) {
              versions.add(state.version());
            }
          }
          node.put("platform", "pytorch_torchscript");
          ArrayNode inputs = ModelTensors.json(ModelTensors.inputs(info));
          // One of the two is to be sent; what texts in JSON mean is told here.
          ((ObjectNode) inputs.get(0)).putObject("parameters").put("content_type", "base64");
          node.set("inputs", inputs);
          node.set("outputs", ModelTensors.json(ModelTensors.outputs(info)));
          ObjectNode parameters = node.putObject("parameters");
          parameters.put("task", info.task().id());
          ObjectNode names = parameters.putObject("names");
          info.names().forEach((id, name) -> names.put(Integer.toString(id), name));
          return node;
        });
  }

  private Reply modelReady(Call call) {
    String name = call.name("model");
    String version = call.name("version");
    ServedModel served = repository.enter(name, version);
    if (served == null) {
      HttpFailure missing = Inference.missing(repository, name, version);
      if (missing.status() == 404) {
        throw missing;
      }
      return Reply.json(503, object().put("name", name).put("ready", false).toString());
    }
    served.leave();
    return Reply.json(object().put("name", name).put("ready", true).toString());
  }

  private Reply config(Call call) {
    return describe(
        call,
        served -> {
          ModelInfo info = served.model().info();
          ObjectNode node = object();
          node.put("name", served.name()).put("platform", "").put("backend", "yolotorch");
          node.put("max_batch_size", maxBatch);
          node.set("input", tensors(ModelTensors.inputs(info), true));
          node.set("output", tensors(ModelTensors.outputs(info), false));
          node.putObject("dynamic_batching").put("max_queue_delay_microseconds", delayMicros);
          return node;
        });
  }

  /** As Triton's configuration has them: without the side that counts pictures. */
  private static ArrayNode tensors(List<ModelTensors.Form> forms, boolean optional) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ModelTensors.Form form : forms) {
      ObjectNode node = array.addObject();
      String type = form.type().name();
      node.put("name", form.name())
          .put("data_type", type.equals("BYTES") ? "TYPE_STRING" : "TYPE_" + type);
      ArrayNode dims = node.putArray("dims");
      List<Long> sides = form.shape().subList(1, form.shape().size());
      if (sides.isEmpty()) {
        dims.add(1);
      } else {
        sides.forEach(dims::add);
      }
      if (optional) {
        node.put("optional", true);
      }
    }
    return array;
  }

  private Reply statistics(Call call) {
    return describe(
        call,
        served -> {
          ObjectNode node = object();
          node.putArray("model_stats").add(statistics(served));
          return node;
        });
  }

  private Reply statisticsOfAll(Call call) {
    ObjectNode node = object();
    ArrayNode all = node.putArray("model_stats");
    for (String name : repository.names()) {
      for (ModelState state : repository.states(name)) {
        ServedModel served = repository.enter(name, state.version());
        if (served != null) {
          try {
            all.add(statistics(served));
          } finally {
            served.leave();
          }
        }
      }
    }
    return Reply.json(node.toString());
  }

  private static ObjectNode statistics(ServedModel served) {
    Statistics from = served.statistics();
    ObjectNode node = object();
    node.put("name", served.name()).put("version", served.version());
    node.put("last_inference", from.lastMillis());
    node.put("inference_count", from.pictures());
    node.put("execution_count", from.executions());
    ObjectNode times = node.putObject("inference_stats");
    times.set("success", times(from.succeeded()));
    times.set("fail", times(from.failed()));
    times.set("queue", times(from.of(Statistics.Part.QUEUE)));
    times.set("compute_input", times(from.of(Statistics.Part.PREPROCESS)));
    times.set("compute_infer", times(from.of(Statistics.Part.INFERENCE)));
    times.set("compute_output", times(from.of(Statistics.Part.POSTPROCESS)));
    ArrayNode batches = node.putArray("batch_stats");
    from.batches()
        .forEach(
            (size, spent) -> {
              ObjectNode batch = batches.addObject().put("batch_size", size);
              batch.set("compute_infer", times(spent));
            });
    return node;
  }

  private static ObjectNode times(Statistics.Times times) {
    return object().put("count", times.count()).put("ns", times.nanos());
  }
}
