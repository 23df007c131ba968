// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yolotorch.Detection;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.internal.http.Multipart;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.infer.Inference;
import org.yolotorch.serve.internal.infer.Parameters;
import org.yolotorch.serve.internal.models.Repository;

/** DeepStack's detection, which programs of cameras call. */
public final class DeepStackRoutes {
  private static final String IMAGE = "image";

  /** Its default, from 0 to 1. */
  private static final String DEFAULT_CONFIDENCE = "0.4";

  private final Repository repository;
  private final Inference inference;

  public DeepStackRoutes(Repository repository, Inference inference) {
    this.repository = repository;
    this.inference = inference;
  }

  public List<Route> routes() {
    return List.of(route("/v1/vision/detection"), route("/v1/vision/custom/{model}"));
  }

  private Route route(String path) {
    return new Route("POST", path, Route.Kind.WORK, this::detect, Errors::deepStack);
  }

  private Reply detect(Call call) throws IOException {
    Multipart parts = Multipart.read(call);
    byte[] picture = parts.required(IMAGE);
    String confidence = parts.textsBeside(IMAGE).get("min_confidence");
    Map<String, String> options = new HashMap<>();
    options.put("conf", confidence == null ? DEFAULT_CONFIDENCE : confidence);
    String model = call.name("model") == null ? repository.defaultName() : call.name("model");
    if (model == null) {
      throw new HttpFailure(
          503, "not_ready", "A model that is ready was expected, but the server has none.");
    }
    return inference.with(
        model,
        null,
        call.deadline(),
        use -> Reply.json(answer(use.encoded(List.of(picture), Parameters.read(options)).get(0))));
  }

  private static String answer(Result result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("success", true);
    ArrayNode objects = node.putArray("predictions");
    for (Detection object : result.objects()) {
      Xyxy box = object.xyxy();
      objects
          .addObject()
          .put("label", object.label())
          .put("confidence", object.confidence())
          .put("x_min", Math.round(box.x1()))
          .put("y_min", Math.round(box.y1()))
          .put("x_max", Math.round(box.x2()))
          .put("y_max", Math.round(box.y2()));
    }
    return node.toString();
  }
}
